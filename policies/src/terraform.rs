//! Terraform's configuration language: a directory of source, as far as it can be understood without running Terraform.
//! See <https://developer.hashicorp.com/terraform/language>.

mod block;
mod calls;
mod data;
pub(crate) mod eval;
mod expand;
mod functions;
mod json;
pub(crate) mod locate;
mod manifest;
mod model;
mod module;
pub(crate) mod number;
mod order;
mod parse;
pub(crate) mod providers;
mod reference;
mod roots;
mod schema;
mod scope;
mod syntax;
pub(crate) mod types;
pub(crate) mod value;
mod variables;
mod world;

use std::collections::BTreeMap;

pub use self::roots::roots;

use crate::resource::Model;
use crate::scan::ScanError;
use crate::source::Files;
use crate::stack;

use world::World;

/// What is known about a configuration from outside of its directory. Nothing is read from the environment.
#[derive(Clone, Debug)]
pub struct Options {
    /// `-var` and `-var-file` in the order of the command line: the last one counts.
    pub arguments: Vec<Argument>,
    /// `TF_VAR_*`, by the variable's name without the prefix.
    pub environment: BTreeMap<String, String>,
    /// The value of `terraform.workspace`.
    pub workspace: String,
}

impl Default for Options {
    fn default() -> Self {
        Self { arguments: Vec::new(), environment: BTreeMap::new(), workspace: "default".to_owned() }
    }
}

/// An argument that gives values to variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// `-var name=value`.
    Variable {
        /// The variable's name.
        name: String,
        /// Its value: text for a variable of a primitive type or none, an expression for any other.
        value: String,
    },
    /// `-var-file path`: HCL, or JSON if the name ends in `.json`.
    File(String),
}

/// Evaluates the configuration in a directory. What cannot be read is among the model's errors, and the rest is there.
///
/// # Errors
/// [`ScanError`] if the system has no room for another thread.
pub(crate) fn read(files: &dyn Files, directory: &str, options: &Options) -> Result<Model, ScanError> {
    stack::deep(|| evaluated(files, directory, options)).map_err(|reason| {
        let message = format!("the configuration in {directory} cannot be evaluated: {reason}");
        ScanError::input(message, "try again with less to do at once, or report this")
    })
}

fn evaluated(files: &dyn Files, directory: &str, options: &Options) -> Model {
    // What this thread was at before is no affair of this configuration.
    drop(eval::limits::take_passed());
    let directory = crate::source::join("", directory);
    let mut world = World::new(files, &directory, options);
    let (given, errors) = variables::given(files, &directory, options);
    world.given = given;
    world.errors.borrow_mut().extend(errors);
    model::build(&world)
}
