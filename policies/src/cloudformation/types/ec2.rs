//! Amazon EC2 security groups.

use serde_json::{Value, json};

use crate::marker;

use super::{Mapped, Properties, field, listed, whole_number};

pub(super) fn security_group(own: &Properties<'_>) -> Vec<Mapped> {
    let mut values = own.renamed(&[("GroupDescription", "description"), ("GroupName", "name")]);
    for (property, attribute) in [("SecurityGroupIngress", "ingress"), ("SecurityGroupEgress", "egress")] {
        values.shift_remove(&format!("security_group_{attribute}"));
        if let Some(rules) = own.get(property) {
            values.insert(attribute.into(), inline_rules(rules));
        }
    }
    vec![Mapped::new("aws_security_group", values)]
}

fn inline_rules(rules: &Value) -> Value {
    if marker::is_unknown(rules) {
        return rules.clone();
    }
    listed(Some(rules)).iter().map(inline_rule).collect()
}

fn inline_rule(rule: &Value) -> Value {
    let one = |key: &str| match field(rule, key) {
        Value::Null => json!([]),
        cidr => json!([cidr]),
    };
    json!({
        "cidr_blocks": one("CidrIp"),
        "ipv6_cidr_blocks": one("CidrIpv6"),
        "from_port": whole_number(field(rule, "FromPort")),
        "to_port": whole_number(field(rule, "ToPort")),
        "protocol": protocol(field(rule, "IpProtocol")),
        "description": field(rule, "Description"),
    })
}

/// A rule that is a resource of its own.
pub(super) fn rule(own: &Properties<'_>, kind: &str) -> Vec<Mapped> {
    let of = |key: &str| field(own.values, key);
    let values = json!({
        "security_group_id": of("GroupId"),
        "cidr_ipv4": of("CidrIp"),
        "cidr_ipv6": of("CidrIpv6"),
        "from_port": whole_number(of("FromPort")),
        "to_port": whole_number(of("ToPort")),
        "ip_protocol": protocol(of("IpProtocol")),
        "description": of("Description"),
    });
    vec![Mapped::new(kind, values)]
}

/// `-1` may be written as a number.
fn protocol(value: Value) -> Value {
    if value.is_number() { value.to_string().into() } else { value }
}
