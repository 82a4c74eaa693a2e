//! AWS Identity and Access Management: what is written into a user, group or policy and is a resource to Terraform.

use serde_json::{Value, json};

use super::{Mapped, Written, field, listed};

/// The inline policies and attachments of a user or group.
pub(super) fn holder(own: &Written<'_>, holder: &str, mapped: &mut Vec<Mapped>) {
    for policy in listed(own.get("Policies")) {
        let values = json!({
            holder: own.this(), "name": field(&policy, "PolicyName"), "policy": field(&policy, "PolicyDocument"),
        });
        mapped.push(Mapped::new(&format!("aws_iam_{holder}_policy"), values));
    }
    for policy in listed(own.get("ManagedPolicyArns")) {
        let values = json!({ holder: own.this(), "policy_arn": policy });
        mapped.push(Mapped::new(&format!("aws_iam_{holder}_policy_attachment"), values));
    }
}

/// `AWS::IAM::Policy` is inline: it becomes one resource for each kind of holder it names.
pub(super) fn inline_policy(own: &Written<'_>, mapped: &mut Vec<Mapped>) {
    let holders = [("Users", "user"), ("Roles", "role"), ("Groups", "group")];
    let named: Vec<_> = holders
        .iter()
        .filter_map(|(property, holder)| Some((*holder, listed(own.get(property)).into_iter().next()?)))
        .collect();
    if !named.is_empty() {
        *mapped = named.into_iter().map(|(holder, first)| inline(own, holder, &first)).collect();
    }
}

fn inline(own: &Written<'_>, holder: &str, first: &Value) -> Mapped {
    let values = json!({ holder: first, "name": own.get("PolicyName"), "policy": own.get("PolicyDocument") });
    Mapped::new(&format!("aws_iam_{holder}_policy"), values)
}
