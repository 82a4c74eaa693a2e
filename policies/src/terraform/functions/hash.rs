//! Hashes. See <https://developer.hashicorp.com/terraform/language/functions/md5> and its neighbours.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha1::Digest as _;
use sha2::Digest as _;

use super::{Arguments, Function, MANY, file, function, map};
use crate::terraform::eval::EvalError;
use crate::terraform::value::Value;

pub(super) fn find(name: &str) -> Option<Function> {
    match name {
        "md5" => map(md5),
        "sha1" => map(|text| hex::encode(sha1(text.as_bytes()))),
        "sha256" => map(sha256),
        "sha512" => map(sha512),
        "base64sha256" => map(|text| STANDARD.encode(sha2::Sha256::digest(text))),
        "base64sha512" => map(|text| STANDARD.encode(sha2::Sha512::digest(text))),
        "filemd5" => function(1, 1, |arguments| of_file(arguments, md5)),
        "filesha1" => {
            function(1, 1, |arguments| of_file(arguments, |text| hex::encode(sha1(text.as_bytes()))))
        }
        "filesha256" => function(1, 1, |arguments| of_file(arguments, sha256)),
        "filesha512" => function(1, 1, |arguments| of_file(arguments, sha512)),
        "filebase64sha256" => {
            function(1, 1, |arguments| of_file(arguments, |text| STANDARD.encode(sha2::Sha256::digest(text))))
        }
        "filebase64sha512" => {
            function(1, 1, |arguments| of_file(arguments, |text| STANDARD.encode(sha2::Sha512::digest(text))))
        }
        "uuidv5" => function(2, 2, uuid),
        // Another value each time.
        "bcrypt" | "uuid" | "rsadecrypt" => function(0, MANY, |arguments| Ok(arguments.unknown())),
        _ => None,
    }
}

fn md5(text: &str) -> String {
    hex::encode(md5::Md5::digest(text))
}

fn sha256(text: &str) -> String {
    hex::encode(sha2::Sha256::digest(text))
}

fn sha512(text: &str) -> String {
    hex::encode(sha2::Sha512::digest(text))
}

fn sha1(bytes: &[u8]) -> [u8; 20] {
    sha1::Sha1::digest(bytes).into()
}

fn of_file(arguments: &Arguments<'_>, hash: fn(&str) -> String) -> Result<Value, EvalError> {
    Ok(Value::Text(hash(&file::read(arguments)?)))
}

/// A UUID of a name in a namespace, see <https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5>.
fn uuid(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let (namespace, name) = (arguments.text(0)?, arguments.text(1)?);
    let namespace = match namespace.as_str() {
        "dns" => "6ba7b8109dad11d180b400c04fd430c8".to_owned(),
        "url" => "6ba7b8119dad11d180b400c04fd430c8".to_owned(),
        "oid" => "6ba7b8129dad11d180b400c04fd430c8".to_owned(),
        "x500" => "6ba7b8149dad11d180b400c04fd430c8".to_owned(),
        other => other.replace('-', ""),
    };
    let mut bytes = hex::decode(&namespace).ok().filter(|bytes| bytes.len() == 16);
    let bytes = bytes.get_or_insert_default();
    if bytes.is_empty() {
        return Err(EvalError::Limit("the namespace is not understood".into()));
    }
    bytes.extend(name.bytes());
    let [a, b, c, d, e, f, g, h, i, rest @ ..] = sha1(bytes);
    let (g, i) = ((g & 0x0f) | 0x50, (i & 0x3f) | 0x80);
    let (j, node) = rest.split_first().map_or((0, &[][..]), |(j, node)| (*j, node));
    let text =
        [&[a, b, c, d][..], &[e, f], &[g, h], &[i, j], node.get(..6).unwrap_or_default()].map(hex::encode);
    Ok(Value::Text(text.join("-")))
}
