//! What names mean in a module.

use std::collections::BTreeMap;

use regorus::unstable::{Expr, Module};

/// What names mean in one module.
#[derive(Clone, Debug)]
pub(super) struct Names {
    pub(super) package: String,
    imports: BTreeMap<String, String>,
}

impl Names {
    pub(super) fn new(module: &Module) -> Self {
        let package = format!("data.{}", path(&module.package.refr).unwrap_or_default());
        let imports = module.imports.iter().filter_map(|import| {
            let imported = path(&import.refr)?;
            let last = imported.rsplit('.').next()?.to_owned();
            Some((import.r#as.as_ref().map_or(last, |name| name.text().to_owned()), imported))
        });
        Self { package, imports: imports.collect() }
    }

    /// The full path of what is written so in the module.
    pub(super) fn full(&self, written: &str) -> String {
        let (head, rest) = written.split_once('.').unwrap_or((written, ""));
        let tail = if rest.is_empty() { String::new() } else { format!(".{rest}") };
        match self.imports.get(head) {
            Some(imported) => format!("{imported}{tail}"),
            None if head == "data" => written.to_owned(),
            None => format!("{}.{written}", self.package),
        }
    }
}

/// A reference as a dotted path; none if a part of it is not a name.
pub(super) fn path(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Var { value, .. } | Expr::String { value, .. } => {
            value.as_string().ok().map(ToString::to_string)
        }
        Expr::RefDot { refr, field, .. } => Some(format!("{}.{}", path(refr)?, field.1.as_string().ok()?)),
        Expr::RefBrack { refr, index, .. } => Some(format!("{}.{}", path(refr)?, path(index)?)),
        _ => None,
    }
}

/// The variable at the root of a reference.
pub(super) fn root(mut expr: &Expr) -> Option<String> {
    loop {
        match expr {
            Expr::Var { span, .. } => return Some(span.text().to_owned()),
            Expr::RefDot { refr, .. } | Expr::RefBrack { refr, .. } => expr = refr,
            _ => return None,
        }
    }
}
