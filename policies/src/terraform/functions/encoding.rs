//! Base64, URLs and character sets.
//! See <https://developer.hashicorp.com/terraform/language/functions/base64encode> and its neighbours.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Arguments, Function, function, map};
use crate::terraform::eval::EvalError;
use crate::terraform::value::Value;

pub(super) fn find(name: &str) -> Option<Function> {
    match name {
        "base64encode" => map(|text| STANDARD.encode(text)),
        "base64decode" => function(1, 1, decode),
        "textencodebase64" => function(2, 2, encode_as),
        "textdecodebase64" => function(2, 2, decode_as),
        "urlencode" => map(url_encode),
        "urldecode" => function(1, 1, url_decode),
        // What these make depends on a compressor's version.
        "base64gzip" | "base64gunzip" => function(1, 1, |arguments| Ok(arguments.unknown())),
        _ => None,
    }
}

fn bytes(arguments: &Arguments<'_>) -> Result<Vec<u8>, EvalError> {
    STANDARD.decode(arguments.text(0)?).map_err(|_| EvalError::wrong("the text is not Base64"))
}

fn decode(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let text =
        String::from_utf8(bytes(arguments)?).map_err(|_| EvalError::wrong("what is encoded is not UTF-8"))?;
    Ok(Value::Text(text))
}

fn character_set(arguments: &Arguments<'_>) -> Result<String, EvalError> {
    Ok(arguments.text(1)?.to_ascii_uppercase())
}

fn foreign(name: &str) -> EvalError {
    EvalError::Limit(format!("the character set {name:?} is not known"))
}

fn encode_as(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let (text, name) = (arguments.text(0)?, character_set(arguments)?);
    let encoded: Vec<u8> = match name.as_str() {
        "UTF-8" => text.into_bytes(),
        "UTF-16LE" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "UTF-16BE" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        "US-ASCII" | "ISO-8859-1" | "WINDOWS-1252" if text.is_ascii() => text.into_bytes(),
        _ => return Err(foreign(&name)),
    };
    Ok(Value::Text(STANDARD.encode(encoded)))
}

fn decode_as(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let (bytes, name) = (bytes(arguments)?, character_set(arguments)?);
    let units = |read: fn([u8; 2]) -> u16| -> Option<String> {
        let pairs = bytes.chunks(2).map(|pair| <[u8; 2]>::try_from(pair).ok().map(read));
        String::from_utf16(&pairs.collect::<Option<Vec<u16>>>()?).ok()
    };
    let decoded = match name.as_str() {
        "UTF-16LE" => units(u16::from_le_bytes),
        "UTF-16BE" => units(u16::from_be_bytes),
        "UTF-8" => String::from_utf8(bytes).ok(),
        "US-ASCII" | "ISO-8859-1" | "WINDOWS-1252" if bytes.is_ascii() => String::from_utf8(bytes).ok(),
        _ => None,
    };
    decoded.map(Value::Text).ok_or_else(|| foreign(&name))
}

/// As in a query: a blank is a plus.
fn url_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte));
            }
            b' ' => encoded.push('+'),
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

fn url_decode(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let text = arguments.text(0)?;
    let wrong = || EvalError::wrong("the text is not URL-encoded");
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits =
                    [bytes.next(), bytes.next()].map(|digit| char::from(digit.unwrap_or(b'x')).to_digit(16));
                let [Some(high), Some(low)] = digits else { return Err(wrong()) };
                u8::try_from(high * 16 + low).map_err(|_| wrong())?
            }
            byte => byte,
        });
    }
    String::from_utf8(decoded).map(Value::Text).map_err(|_| wrong())
}
