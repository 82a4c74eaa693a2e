//! Rules that run on the virtual machine of `regorus`, several times as fast as its interpreter.
//!
//! The machine has no `with`, and knows no functions but the interpreter's own. It stops where one of [`compat::FUNCTIONS`] is
//! called, and goes on with the answer. What it cannot compile, the interpreter judges.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use regorus::Value;
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::program::Program;
use regorus::rvm::vm::{ExecutionMode, RegoVM};
use regorus::utils::limits::ExecutionTimerConfig;

use super::compat::{self, Dialect, FUNCTIONS};

/// Steps of the machine between two looks at the clock.
const CHECK_INTERVAL: u32 = 1_000;

/// Modules as they were written, by file.
pub(super) type Text<'a> = (&'a str, &'a str);

/// Compiles modules for the rule that is to be asked; none if the machine cannot run it.
pub(super) fn compile<'a>(
    modules: impl Iterator<Item = Text<'a>>,
    dialect: Dialect,
    rule: &str,
) -> Option<Arc<Program>> {
    let mut engine = compat::engine(dialect);
    for (file, text) in modules {
        let text = compat::module_for_machine(file, text, dialect).ok()??;
        engine.add_policy(file.to_owned(), text).ok()?;
    }
    let policy = engine.compile_with_entrypoint(&Arc::from(rule)).ok()?;
    let functions: Vec<_> =
        FUNCTIONS.iter().map(|(name, function)| (*name, usize::from(function.arguments))).collect();
    Compiler::compile_from_policy_with_host_await(&policy, &[rule], &functions).ok()
}

/// Asks a rule about an input. The error is the machine's, or that of a function that would answer with too much.
pub(super) fn ask(
    program: &Arc<Program>,
    rule: &str,
    input: &Value,
    limit: Duration,
) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
    let mut machine = RegoVM::new();
    machine.load_program(Arc::clone(program));
    machine.set_execution_mode(ExecutionMode::Suspendable);
    machine.set_max_instructions(usize::MAX);
    machine.set_execution_timer_config(Some(ExecutionTimerConfig {
        limit,
        check_interval: NonZeroU32::new(CHECK_INTERVAL).unwrap_or(NonZeroU32::MIN),
    }));
    machine.set_input(input.clone());
    let mut answer = machine.execute_entry_point_by_name(rule)?;
    while let Some(called) = called(&machine)? {
        answer = machine.resume(Some(called))?;
    }
    Ok(answer)
}

/// What the function answers at whose call the machine stands; none if it has come to its end.
fn called(machine: &RegoVM) -> Result<Option<Value>, Box<dyn std::error::Error + Send + Sync>> {
    let (Some(Value::String(name)), Some(Value::Array(arguments))) =
        (machine.get_host_await_identifier(), machine.get_host_await_argument())
    else {
        return Ok(None);
    };
    let function = FUNCTIONS.get(name.as_ref()).ok_or_else(|| format!("there is no function {name}"))?;
    Ok(Some(function.call(arguments.as_slice())?))
}
