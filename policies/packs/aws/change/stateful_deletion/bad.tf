# The table of good.tf was here, and is in the state.
