//! Performs one unit's plan and apply, by whichever engine its stack names.
