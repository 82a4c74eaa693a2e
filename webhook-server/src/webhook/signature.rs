//! The signatures of webhooks, over the raw bytes, compared in constant time.

use hmac::{Hmac, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;

/// Whether `header` is `sha256=` and the hexadecimal HMAC-SHA256 of the body, as GitHub sends it in
/// [`X-Hub-Signature-256`](https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries).
/// An empty secret fits nothing.
pub(crate) fn fits(secret: &SecretString, header: &str, body: &[u8]) -> bool {
    let secret = secret.expose_secret().as_bytes();
    let Some(given) = header.strip_prefix("sha256=").and_then(|digits| hex::decode(digits).ok()) else {
        return false;
    };
    match Hmac::<Sha256>::new_from_slice(secret) {
        Ok(mac) if !secret.is_empty() => mac.chain_update(body).verify_slice(&given).is_ok(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The example of GitHub's own documentation.
    const SECRET: &str = "It's a Secret to Everybody";
    const SIGNED: &str = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    fn check(secret: &str, header: &str, body: &str, expected: bool) {
        assert_eq!(fits(&secret.into(), header, body.as_bytes()), expected, "{secret} {header} {body}");
    }

    #[test]
    fn only_the_documented_signature_fits() {
        check(SECRET, SIGNED, "Hello, World!", true);
        check(SECRET, SIGNED, "Hello, World", false);
        check("another", SIGNED, "Hello, World!", false);
        check(SECRET, &SIGNED.replace("sha256=", "sha1="), "Hello, World!", false);
        check(SECRET, &SIGNED.replace("sha256=", ""), "Hello, World!", false);
        check(SECRET, "sha256=", "Hello, World!", false);
        check(SECRET, &SIGNED[..SIGNED.len() - 2], "Hello, World!", false);
        check(SECRET, "sha256=zz", "Hello, World!", false);
    }

    #[test]
    fn an_empty_secret_fits_nothing() {
        // HMAC-SHA256 of the empty text under the empty key.
        let signed = "sha256=b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
        check("", signed, "", false);
    }
}
