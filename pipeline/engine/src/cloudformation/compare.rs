//! Whether a deployed stack already is what was asked for.

use aws_sdk_cloudformation::types::{ParameterDeclaration, Stack};

use super::changes::MASKED;
use super::{CloudFormation, CloudFormationError, Request};
use crate::aws::CallError;

/// Tags that AWS itself puts on begin with this.
const RESERVED_TAG: &str = "aws:";

impl CloudFormation {
    /// True when the deployed stack provably has the same template, parameters and tags. False proves nothing: a template may
    /// be written in another way, and the value of a hidden parameter is not to be read back.
    pub(super) async fn is_deployed(
        &self,
        request: &Request,
        declared: &[ParameterDeclaration],
        stack: &Stack,
    ) -> Result<bool, CloudFormationError> {
        if !(same_parameters(request, declared, stack) && same_tags(request, stack)) {
            return Ok(false);
        }
        let id = stack.stack_id().unwrap_or(&request.stack_name);
        let answer = self.client.get_template().stack_name(id).send().await;
        let answer = answer.map_err(|error| CallError::of("cloudformation:GetTemplate", &error))?;
        Ok(same_template(answer.template_body().unwrap_or_default(), &request.template))
    }
}

fn same_template(deployed: &str, wanted: &str) -> bool {
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    deployed.trim() == wanted.trim() || json(deployed).is_some_and(|deployed| Some(deployed) == json(wanted))
}

fn same_parameters(request: &Request, declared: &[ParameterDeclaration], stack: &Stack) -> bool {
    let deployed = |name: &str| {
        let found = stack.parameters().iter().find(|parameter| parameter.parameter_key() == Some(name));
        found.and_then(|parameter| parameter.parameter_value()).filter(|value| *value != MASKED)
    };
    declared.iter().all(|parameter| {
        let name = parameter.parameter_key().unwrap_or_default();
        let wanted = request.parameters.get(name).map(String::as_str).or(parameter.default_value());
        wanted.is_some() && wanted == deployed(name)
    })
}

fn same_tags(request: &Request, stack: &Stack) -> bool {
    let deployed = stack.tags().iter().filter_map(|tag| Some((tag.key()?, tag.value()?)));
    let mut deployed: Vec<_> = deployed.filter(|(key, _)| !key.starts_with(RESERVED_TAG)).collect();
    deployed.sort_unstable();
    deployed.into_iter().eq(request.tags.iter().map(|(key, value)| (key.as_str(), value.as_str())))
}
