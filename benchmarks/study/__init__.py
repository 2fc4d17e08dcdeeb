"""The study of detection: what each number and mechanism earns, in pictures.

    ./scripts/bench study [--quick] [--json FILE] [--from FILE]

Pictures need matplotlib, which is in an environment of its own (requirements/study).
"""
