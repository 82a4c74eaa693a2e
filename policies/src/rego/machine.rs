//! Rules that run on the virtual machine of `regorus`, several times as fast as its interpreter.
//!
//! The machine knows no functions but the interpreter's own, some of which are replaced, and no `with`. What it cannot compile or would
//! answer otherwise than OPA ([`super::compat::Parsed::for_machine`]) the interpreter judges.

use std::fmt::Write as _;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use regorus::Value;
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::program::Program;
use regorus::rvm::vm::{RegoVM, VmError};
use regorus::utils::limits::ExecutionTimerConfig;

use super::compat::{self, Dialect};

/// Steps of the machine between two looks at the clock.
const CHECK_INTERVAL: u32 = 1_000;

/// What is asked for.
const ENTRY: &str = "data.asked_together.answers";

/// Compiles modules, given by file and text, for rules that are to be asked at once; none if the machine cannot run them.
pub(super) fn compile<'a>(
    dialect: Dialect,
    modules: impl Iterator<Item = (&'a str, String)>,
    rules: &[&str],
) -> Option<Arc<Program>> {
    let mut engine = compat::engine(dialect);
    for (file, text) in modules {
        engine.add_policy(file.to_owned(), text).ok()?;
    }
    engine.set_rego_v0(false);
    engine.add_policy("asked_together".to_owned(), together(rules)).ok()?;
    let policy = engine.compile_with_entrypoint(&Arc::from(ENTRY)).ok()?;
    let mut program = Compiler::compile_from_policy(&policy, &[ENTRY]).ok()?;
    let own = Arc::get_mut(&mut program)?;
    replace_functions(own);
    forget_names(own);
    Some(program)
}

/// Puts our functions in place of the interpreter's own that answer otherwise than OPA's, or without bounds.
fn replace_functions(program: &mut Program) {
    for (info, function) in program.builtin_info_table.iter().zip(&mut program.resolved_builtins) {
        if let Some(ours) = compat::on_machine(&info.name) {
            *function = ours;
        }
    }
}

/// Takes away what the machine does not read. It copies all that is known of a rule each time that the rule is referred to: names and empty
/// tables cost it more than what the rule does.
fn forget_names(program: &mut Program) {
    for rule in &mut program.rule_infos {
        rule.name = String::new();
        if let Some(function) = &mut rule.function_info {
            function.param_names = Vec::new();
        }
        if rule.destructuring_blocks.iter().all(Option::is_none) {
            rule.destructuring_blocks = Vec::new();
        }
        if !rule.else_bodies.iter().flatten().any(|is_else| *is_else) {
            rule.else_bodies = Vec::new();
        }
    }
}

/// A rule whose value has the answers of many: a set of pairs, since the machine is given nothing that could have two values for one key.
fn together(rules: &[&str]) -> String {
    let mut text = "package asked_together\n\n".to_owned();
    for rule in rules {
        let key = serde_json::Value::from(*rule);
        // Writing to a string cannot fail.
        writeln!(text, "answers contains [{key}, answer] if {{ answer := {rule}; [answer] }}").ok();
    }
    text
}

/// Asks the rules of a program about an input: a set of pairs of rule and answer.
pub(super) fn ask(program: &Arc<Program>, input: &Value, limit: Duration) -> Result<Value, VmError> {
    let mut machine = RegoVM::new();
    machine.load_program(Arc::clone(program));
    machine.set_max_instructions(usize::MAX);
    machine.set_execution_timer_config(Some(ExecutionTimerConfig {
        limit,
        check_interval: NonZeroU32::new(CHECK_INTERVAL).unwrap_or(NonZeroU32::MIN),
    }));
    machine.set_input(input.clone());
    machine.execute_entry_point_by_name(ENTRY)
}

/// The pairs of an answer.
pub(super) fn pairs(answers: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let pairs = answers.as_set().ok().into_iter().flat_map(|pairs| pairs.iter());
    pairs.filter_map(|pair| match pair.as_array().ok()?.as_slice() {
        [rule, answer] => Some((rule.as_string().ok()?.as_ref(), answer)),
        _ => None,
    })
}
