//! Which texts are names of things.

use landing_zone::{
    AccountId, AccountName, InvalidId, OuPath, PersonName, Region, RepositoryName, StackName, StageName,
};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Display;
use std::str::FromStr;

fn check<T>(valid: &[&str], invalid: &[&str])
where
    T: FromStr<Err = InvalidId> + Display + Serialize + DeserializeOwned,
{
    for text in valid {
        let id: T = text.parse().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(id.to_string(), *text);
        let json = serde_json::to_string(&id).unwrap();
        assert!(serde_json::from_str::<T>(&json).is_ok());
    }
    for text in invalid {
        assert!(text.parse::<T>().is_err(), "{text:?}");
        let json = serde_json::to_string(text).unwrap();
        assert!(serde_json::from_str::<T>(&json).is_err(), "{text:?}");
    }
}

#[test]
fn account_ids() {
    check::<AccountId>(
        &["000000000000", "123456789012"],
        &["", "12345678901", "1234567890123", "12345678901a", "١٢٣٤٥٦٧٨٩٠١٢", " 23456789012"],
    );
}

#[test]
fn account_names() {
    let long = "x".repeat(51);
    check::<AccountName>(&["dev", "Acme Dev (EU)", "개발"], &["", " dev", "a\nb", "123456789012", &long]);
}

#[test]
fn regions() {
    check::<Region>(
        &["us-east-1", "ap-northeast-2", "us-gov-west-1", "us-iso-east-1", "eusc-de-east-1"],
        &["", "us", "us-1", "us-east", "us-east-1a", "US-EAST-1", "us--east-1", "-east-1", "Seoul"],
    );
}

#[test]
fn words() {
    check::<StageName>(&["dev", "PRD", "a-b_c1"], &["", "1st", "-a", "a b", "a.b", &"x".repeat(33)]);
    check::<StackName>(&["network", "a-b_c1"], &["", "1st", "a/b", "..", &"x".repeat(65)]);
    check::<PersonName>(&["hong", "a.b@c.example", "+-"], &["", "h", "a b", "홍길동", &"x".repeat(65)]);
}

#[test]
fn repositories() {
    check::<RepositoryName>(
        &["acme/infra", "group/sub/project", "~kim/infra", "PROJ/re.po_1"],
        &["", "infra", "/infra", "acme/", "acme//infra", "../infra", "acme/./x", "a b/c", "acme/inf:ra"],
    );
}

#[test]
fn units() {
    check::<OuPath>(&["Workloads", "Workloads/Prod", "A b/C"], &["", "/", "/A", "A/", "A//B", "A/ B", "A\n"]);
}

#[test]
fn a_unit_contains_itself_and_those_below() {
    let unit = |text: &str| OuPath::parse(text).unwrap();
    for (other, expected) in [
        ("Workloads", true),
        ("Workloads/Prod", true),
        ("Workloads/Prod/EU", true),
        ("WorkloadsOld", false),
        ("Work", false),
        ("Sandbox/Workloads", false),
    ] {
        assert_eq!(unit("Workloads").contains(&unit(other)), expected, "{other}");
    }
}

#[test]
fn an_error_says_what_would_be_right() {
    insta::assert_snapshot!(AccountId::parse("42").unwrap_err(), @r#""42" is not an account id: expected 12 digits"#);
}
