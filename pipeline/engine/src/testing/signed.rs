//! Requests as a sender signs them.

use hmac::{Hmac, Mac};
use sha2::Sha256;

/// A signed request: the headers that matter, and the body as it was signed.
#[derive(Debug, Clone)]
pub struct SignedRequest {
    /// Names in lower case, and values.
    pub headers: Vec<(&'static str, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

/// HMAC-SHA256 of a message, in hexadecimal.
pub fn hmac(secret: &str, message: &[u8]) -> String {
    sign(secret, &[message])
}

/// HMAC-SHA256 of some parts one after the other, in hexadecimal.
pub(super) fn sign(secret: &str, parts: &[&[u8]]) -> String {
    // A key of any length is a key.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    parts.iter().for_each(|part| mac.update(part));
    hex::encode(mac.finalize().into_bytes())
}
