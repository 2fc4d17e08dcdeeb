"""English, for a repair shop or a ticket system."""

from __future__ import annotations

from collections.abc import Mapping

from ..table import Texts

DESK: Mapping[str, Texts] = {
    "repair_pending_approval": Texts(
        title="Please approve: {repair}",
        message=(
            (
                "The repair costs {amount} and waits for your approval.",
                "The repair waits for your approval.",
            ),
        ),
        speech=("The repair {repair} waits for your approval.",),
        private="A repair waits for approval.",
    ),
    "repair_approved": Texts(
        title="Approved: {repair}",
        message=(
            ("{customer} has approved the repair.", "The repair was approved."),
            "You can begin.",
        ),
        speech=("The repair {repair} was approved. You can begin.",),
        private="A repair was approved.",
    ),
    "repair_denied": Texts(
        title="Denied: {repair}",
        message=(
            ("{customer} has denied the repair.", "The repair was denied."),
            "Reason: {reason}.",
        ),
        speech=("The repair {repair} was denied. Please do not begin.",),
        private="A repair was denied.",
    ),
    "repair_assigned": Texts(
        title="Assigned to you: {repair}",
        message=(("You are to repair {device}.", "A repair was assigned to you."),),
        speech=("The repair {repair} was assigned to you.",),
        private="A repair was assigned.",
    ),
    "repair_reassigned": Texts(
        title="No longer yours: {repair}",
        message=(
            (
                "{technician} has taken over the repair.",
                "The repair was given to somebody else.",
            ),
        ),
        speech=("The repair {repair} was given to somebody else.",),
        private="A repair was reassigned.",
    ),
    "repair_in_progress": Texts(
        title="In progress: {repair}",
        message=(("{technician} is working on it.", "The repair has begun."),),
        speech=("The repair {repair} has begun.",),
        private="A repair has begun.",
    ),
    "repair_completed": Texts(
        title="Completed: {repair}",
        message=(
            ("{device} is repaired.", "The repair is completed."),
            "Amount: {amount}.",
        ),
        speech=("The repair {repair} is completed.",),
        private="A repair is completed.",
    ),
    "repair_batch_approved": Texts(
        title="Repairs approved: {count}",
        message=("You can begin with all of them.",),
        speech=("Several repairs were approved: {count}. You can begin.",),
        private="Several repairs were approved.",
    ),
    "repair_batch_denied": Texts(
        title="Repairs denied: {count}",
        message=("Please begin with none of them.", "Reason: {reason}."),
        speech=("Several repairs were denied: {count}. Please do not begin.",),
        private="Several repairs were denied.",
    ),
    "reward_redemption": Texts(
        title="Reward redeemed: {reward}",
        message=(
            (
                "{customer} has redeemed it for {points} points.",
                "{customer} has redeemed it.",
                "It was redeemed.",
            ),
        ),
        speech=("The reward {reward} was redeemed.",),
        private="A reward was redeemed.",
    ),
}
