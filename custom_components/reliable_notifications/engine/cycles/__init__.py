"""From readings of a power meter to cycles: start, end, and how sure that is.

Where what lives, by the question that it answers (each name is a module):

- What does the meter say, and may it be believed? `readings`, `cadence`, `holds`,
  `trust`, `mains`, `company`, `energy`
- Does the appliance work or rest? `standby`, `load`, `kinds`, `pulses`
- When does a cycle begin? `onset`, `opening`, `delayed`, `aside`
- Where in a programme is it? `place`, `tail`, `revival`
- What was seen in such a place before? `memory`, `seen`, `programmes`, `runs`
- Is the cycle over? `evidence` weighs it, `decide` finds the next signal, `machine` is
  the table of states, `turn` does what belongs to a signal, `cut` knows the lost mains
- What do others say of it? `witness`, `hearing`, `audit`, `verdict`
- What holds all of it together? `detector` is the one door for the shell, `tracker` has
  the parts, `passing` lets time pass, `wake` sets the alarm, `snapshot` writes it
  down, `replay` runs over the past
- Does it have programmes at all? `pattern`
- What is told of one cycle, and of all? `cycle`, `names`, `outlook`, `expectation`,
  `left_on`, `odometer`, `usage`
- What did it use and cost? `counter`, `bill`, `cost`, `prices`, `saving`
- Is the load still in it? `unloading`, `done_level`
- And without a power sensor? `native_states`, `native_tracker`
"""
