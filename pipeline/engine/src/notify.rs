//! Tells people how a run goes: readers of its events that never write back.
