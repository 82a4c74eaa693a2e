//! XML out, and errors as the service writes them.

use std::fmt::Write as _;

use axum::http::StatusCode;

/// A refusal with the service's own code and text.
#[derive(Debug)]
pub(super) struct Refusal {
    code: &'static str,
    message: String,
}

impl Refusal {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    pub(super) fn validation(message: impl Into<String>) -> Self {
        Self::new("ValidationError", message)
    }

    pub(super) fn internal() -> Self {
        Self::new("InternalFailure", "We encountered an internal error. Please try again.")
    }

    pub(super) fn status(&self) -> StatusCode {
        match self.code {
            "InternalFailure" => StatusCode::INTERNAL_SERVER_ERROR,
            "ChangeSetNotFound" => StatusCode::NOT_FOUND,
            "MissingAuthenticationToken" => StatusCode::FORBIDDEN,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    pub(super) fn to_xml(&self) -> String {
        let error =
            element("Type", "Sender") + &element("Code", self.code) + &element("Message", &self.message);
        format!("<ErrorResponse{NAMESPACE}><Error>{error}</Error>{REQUEST}</ErrorResponse>")
    }
}

const NAMESPACE: &str = " xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"";
const REQUEST: &str = "<RequestId>b9b4b068-3a41-11e5-94eb-example</RequestId>";

/// A successful answer around an action's result.
pub(super) fn success(action: &str, result: &str) -> String {
    format!(
        "<{action}Response{NAMESPACE}><{action}Result>{result}</{action}Result>\
         <ResponseMetadata>{REQUEST}</ResponseMetadata></{action}Response>"
    )
}

/// An element with a text in it.
pub(super) fn element(name: &str, text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<{name}>{text}</{name}>")
}

/// An element, or nothing.
pub(super) fn optional(name: &str, text: Option<&str>) -> String {
    text.map(|text| element(name, text)).unwrap_or_default()
}

/// A list of members, each of them elements.
pub(super) fn list(name: &str, members: impl IntoIterator<Item = String>) -> String {
    let members = members.into_iter().fold(String::new(), |mut text, member| {
        let _ = write!(text, "<member>{member}</member>");
        text
    });
    format!("<{name}>{members}</{name}>")
}

/// A page of a list from a token on, and the token of the next page.
pub(super) fn page<'a, T>(
    items: &'a [T],
    size: usize,
    token: Option<&String>,
) -> Result<(&'a [T], String), Refusal> {
    let from = match token {
        None => 0,
        Some(token) => token.parse().map_err(|_| Refusal::validation("Invalid pagination token"))?,
    };
    let rest = items.get(from..).ok_or_else(|| Refusal::validation("Invalid pagination token"))?;
    let (page, more) = rest.split_at(size.min(rest.len()));
    let next = if more.is_empty() { String::new() } else { element("NextToken", &(from + size).to_string()) };
    Ok((page, next))
}
