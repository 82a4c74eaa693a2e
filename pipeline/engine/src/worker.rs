//! Workers: they claim deliveries and runs, perform effects, and feed the results back.
