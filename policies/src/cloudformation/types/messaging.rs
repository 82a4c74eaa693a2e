//! Amazon SNS and SQS.

use serde_json::json;

use super::{Mapped, Properties, listed};

pub(super) fn topic_policy(own: &Properties<'_>) -> Vec<Mapped> {
    let topic = listed(own.get("Topics")).into_iter().next();
    vec![Mapped::new("aws_sns_topic_policy", json!({ "arn": topic, "policy": own.get("PolicyDocument") }))]
}

pub(super) fn queue_policy(own: &Properties<'_>) -> Vec<Mapped> {
    let queue = listed(own.get("Queues")).into_iter().next();
    vec![Mapped::new(
        "aws_sqs_queue_policy",
        json!({ "queue_url": queue, "policy": own.get("PolicyDocument") }),
    )]
}
