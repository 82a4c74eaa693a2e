//! Who may look and who may act. Without sign-in, people on this machine may look; a bearer token lets the API in from
//! elsewhere, and nobody acts without one.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use landing_zone::PersonName;

use crate::app::App;
use crate::page;
use crate::problem::Problem;

/// The other end of the connection, put into each request by the server.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// The person whose token the request bears. A request without a valid one is refused with 401.
pub(crate) struct Bearer(pub(crate) PersonName);

impl FromRequestParts<App> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        match person(app, parts.headers.get(header::AUTHORIZATION)).await? {
            Some(person) => Ok(Self(person)),
            None => {
                Err(unauthorized("This needs an API token; `wayleave token create --person P` makes one."))
            }
        }
    }
}

/// Lets the API be read by this machine, and by whoever bears a token.
pub(crate) async fn readers(State(app): State<App>, request: Request, next: Next) -> Response {
    let (token, local) = credentials(&request);
    match may_read(&app, token.as_ref(), local).await {
        Ok(true) => next.run(request).await,
        Ok(false) => unauthorized(
            "Without a token the API answers its own machine only; send `Authorization: Bearer` and a token.",
        )
        .into_response(),
        Err(problem) => problem.into_response(),
    }
}

/// Lets the pages be seen by this machine, and by whoever bears a token.
pub(crate) async fn visitors(State(app): State<App>, request: Request, next: Next) -> Response {
    let (token, local) = credentials(&request);
    let refused = match may_read(&app, token.as_ref(), local).await {
        Ok(true) => return next.run(request).await,
        Ok(false) => Problem::new(
            StatusCode::FORBIDDEN,
            "The pages are shown on the server's own machine only. Open a tunnel to it, such as \
             `ssh -L 8080:127.0.0.1:8080 SERVER`, and look at http://127.0.0.1:8080/.",
        ),
        Err(problem) => problem,
    };
    page::problem(&refused)
}

/// What a request may be read by: its `Authorization`, and whether it comes from this machine.
fn credentials(request: &Request) -> (Option<HeaderValue>, bool) {
    (request.headers().get(header::AUTHORIZATION).cloned(), is_local(request))
}

async fn may_read(app: &App, token: Option<&HeaderValue>, local: bool) -> Result<bool, Problem> {
    Ok(person(app, token).await?.is_some() || local)
}

/// The person of the token in an `Authorization`; none without one.
async fn person(app: &App, authorization: Option<&HeaderValue>) -> Result<Option<PersonName>, Problem> {
    let Some(value) = authorization else {
        return Ok(None);
    };
    let token = value.to_str().ok().and_then(|text| text.split_once(' '));
    let token =
        token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, token)| token.trim());
    let token = token.ok_or_else(|| unauthorized("`Authorization` must be `Bearer` and a token."))?;
    let person = app.pipeline().person_for_token(token).await;
    let person = person.map_err(|error| Problem::unavailable("looking a token up", &error))?;
    person.map(Some).ok_or_else(|| unauthorized("The token is unknown, has expired or was revoked."))
}

fn unauthorized(detail: &str) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, detail)
}

/// True when the request comes from this machine: the peer is a loopback address, no proxy says that it passed the
/// request on, and the browser believes to speak to this machine too (so that no page elsewhere reads this one by
/// [rebinding](https://en.wikipedia.org/wiki/DNS_rebinding) its name).
fn is_local(request: &Request) -> bool {
    let loopback = |ip: IpAddr| ip.to_canonical().is_loopback();
    let near = request.extensions().get::<Peer>().is_some_and(|peer| loopback(peer.0.ip()));
    let headers = request.headers();
    let passed_on = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"];
    near && !passed_on.iter().any(|name| headers.contains_key(*name)) && names_this_machine(headers)
}

fn names_this_machine(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn check(peer: &str, headers: &[(&str, &str)], expected: bool) {
        let mut request = Request::builder().uri("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(Peer(peer.parse().unwrap()));
        assert_eq!(is_local(&request), expected, "{peer} {headers:?}");
    }

    #[test]
    fn this_machine_is_local() {
        check("127.0.0.1:5", &[("host", "127.0.0.1:8080")], true);
        check("127.0.0.9:5", &[("host", "LOCALHOST")], true);
        check("[::1]:5", &[("host", "[::1]:8080")], true);
        check("[::ffff:127.0.0.1]:5", &[("host", "localhost:1")], true);
    }

    #[test]
    fn others_are_not() {
        check("10.0.0.1:5", &[("host", "127.0.0.1")], false);
        check("[2001:db8::1]:5", &[("host", "localhost")], false);
    }

    #[test]
    fn a_proxy_or_a_foreign_name_is_not_local() {
        check("127.0.0.1:5", &[("host", "localhost"), ("x-forwarded-for", "10.0.0.1")], false);
        check("127.0.0.1:5", &[("host", "localhost"), ("forwarded", "for=10.0.0.1")], false);
        check("127.0.0.1:5", &[("host", "localhost"), ("via", "1.1 proxy")], false);
        check("127.0.0.1:5", &[("host", "evil.example:8080")], false);
        check("127.0.0.1:5", &[("host", "127.0.0.1.evil.example")], false);
        check("127.0.0.1:5", &[], false);
    }

    #[test]
    fn a_request_of_unknown_origin_is_not_local() {
        let request = Request::builder().uri("/").header("host", "localhost").body(Body::empty()).unwrap();
        assert!(!is_local(&request));
    }
}
