//! Templates: where they are put for CloudFormation to read, and what they declare.

use aws_sdk_cloudformation::operation::get_template_summary::GetTemplateSummaryOutput;
use aws_sdk_cloudformation::types::ParameterDeclaration;

use super::{CloudFormation, CloudFormationError, MAX_INLINE_TEMPLATE, MAX_TEMPLATE, Request, code};
use crate::aws::CallError;

/// A template as a request carries it.
#[derive(Debug, Clone)]
pub(super) enum Placed {
    /// In the request itself.
    Inline(String),
    /// In a bucket.
    Url(String),
}

impl Placed {
    pub(super) fn body(&self) -> Option<String> {
        match self {
            Self::Inline(text) => Some(text.clone()),
            Self::Url(_) => None,
        }
    }

    pub(super) fn url(&self) -> Option<String> {
        match self {
            Self::Inline(_) => None,
            Self::Url(url) => Some(url.clone()),
        }
    }
}

impl CloudFormation {
    /// Puts a template where CloudFormation can read it: into the request, or into the bucket when it is too large for that.
    pub(super) async fn place(&self, request: &Request) -> Result<Placed, CloudFormationError> {
        let (stack, bytes) = (request.stack_name.clone(), request.template.len());
        match &self.templates {
            _ if bytes <= MAX_INLINE_TEMPLATE => Ok(Placed::Inline(request.template.clone())),
            _ if bytes > MAX_TEMPLATE => Err(CloudFormationError::TooLarge { stack, bytes }),
            None => Err(CloudFormationError::NoBucket { stack, bytes }),
            Some(bucket) => Ok(Placed::Url(bucket.put_template(&request.template).await?)),
        }
    }

    /// Has CloudFormation read the template, and checks the given parameters against those that it declares.
    pub(super) async fn declared(
        &self,
        request: &Request,
        template: &Placed,
    ) -> Result<Vec<ParameterDeclaration>, CloudFormationError> {
        let call = self.client.get_template_summary();
        let answer = call.set_template_body(template.body()).set_template_url(template.url()).send().await;
        let summary = answer.map_err(|error| match code(&error) {
            Some("ValidationError") => CloudFormationError::Template {
                stack: request.stack_name.clone(),
                message: CallError::of("cloudformation:GetTemplateSummary", &error).message,
            },
            _ => CallError::of("cloudformation:GetTemplateSummary", &error).into(),
        })?;
        check_parameters(request, summary)
    }
}

fn check_parameters(
    request: &Request,
    summary: GetTemplateSummaryOutput,
) -> Result<Vec<ParameterDeclaration>, CloudFormationError> {
    let declared = summary.parameters.unwrap_or_default();
    let given = |name: &str| request.parameters.contains_key(name);
    let missing = declared.iter().filter(|parameter| parameter.default_value().is_none());
    let missing = missing.filter_map(ParameterDeclaration::parameter_key).filter(|name| !given(name));
    let missing: Vec<String> = missing.map(str::to_owned).collect();
    let is_declared = |name: &str| declared.iter().any(|parameter| parameter.parameter_key() == Some(name));
    let unknown: Vec<String> = request.parameters.keys().filter(|name| !is_declared(name)).cloned().collect();
    if missing.is_empty() && unknown.is_empty() {
        return Ok(declared);
    }
    Err(CloudFormationError::Parameters { stack: request.stack_name.clone(), missing, unknown })
}
