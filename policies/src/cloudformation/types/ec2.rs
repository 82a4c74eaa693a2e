//! Amazon EC2, file systems and gateways: types that depend on a property.

use serde_json::Value;

use super::{Mapped, Written};
use crate::marker;

/// Names under which Amazon's and the common other images have their root disk.
/// See <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html>.
const ROOT_DEVICES: &[&str] = &["/dev/xvda", "/dev/sda1", "/dev/sda", "xvda"];

/// The root disk is a block of its own.
pub(super) fn root_disk(mapped: &mut [Mapped]) {
    for mapped in mapped {
        let Some(values) = mapped.values.as_object_mut() else { continue };
        let Some(Value::Array(disks)) = values.get_mut("ebs_block_device") else { continue };
        let is_root = |disk: &Value| {
            disk.get("device_name").and_then(Value::as_str).is_some_and(|name| ROOT_DEVICES.contains(&name))
        };
        let (root, other): (Vec<_>, Vec<_>) = std::mem::take(disks).into_iter().partition(is_root);
        *disks = other;
        if disks.is_empty() {
            values.shift_remove("ebs_block_device");
        }
        if !root.is_empty() {
            values.insert("root_block_device".into(), root.into());
        }
    }
}

/// `ResourceId` is the attribute that `ResourceType` says.
pub(super) fn flow_log(own: &Written<'_>, mapped: &mut [Mapped]) {
    let attribute = match own.get("ResourceType").and_then(Value::as_str) {
        Some("VPC") => "vpc_id",
        Some("Subnet") => "subnet_id",
        Some("NetworkInterface") => "eni_id",
        Some("TransitGateway") => "transit_gateway_id",
        Some("TransitGatewayAttachment") => "transit_gateway_attachment_id",
        _ => return,
    };
    for mapped in mapped {
        if let Some(values) = mapped.values.as_object_mut()
            && let Some(id) = values.shift_remove("resource_id")
        {
            values.insert(attribute.into(), id);
        }
    }
}

/// Each kind of file system is a type.
pub(super) fn file_system(own: &Written<'_>, mapped: &mut [Mapped]) {
    let kind = match own.get("FileSystemType").and_then(Value::as_str) {
        Some("WINDOWS") => "aws_fsx_windows_file_system",
        Some("ONTAP") => "aws_fsx_ontap_file_system",
        Some("OPENZFS") => "aws_fsx_openzfs_file_system",
        _ => return,
    };
    mapped.iter_mut().for_each(|mapped| kind.clone_into(&mut mapped.kind));
}

/// A gateway is one of the internet or of a VPN.
pub(super) fn gateway_attachment(own: &Written<'_>, mapped: &mut [Mapped]) {
    if own.has("VpnGatewayId") && !own.has("InternetGatewayId") {
        mapped.iter_mut().for_each(|mapped| "aws_vpn_gateway_attachment".clone_into(&mut mapped.kind));
    }
}

/// Containers are JSON to Terraform, with names that start in lower case; text where all of it is known.
pub(super) fn containers(mapped: &mut [Mapped]) {
    for mapped in mapped {
        for attribute in
            ["container_definitions", "container_properties", "node_properties", "ecs_properties"]
        {
            let Some(value) = mapped.values.get_mut(attribute) else { continue };
            *value = lower_camel(value);
            if !marker::is_within(value) {
                *value = value.to_string().into();
            }
        }
    }
}

/// Maps of the user's own keys among the properties of a container.
const FREE: &[&str] = &["DockerLabels", "Options", "DriverOpts", "Labels"];

fn lower_camel(value: &Value) -> Value {
    match value {
        _ if marker::is_unknown(value) => value.clone(),
        Value::Array(items) => items.iter().map(lower_camel).collect(),
        Value::Object(map) => {
            let fields = map.iter().map(|(key, value)| {
                let mut letters = key.chars();
                let first = letters.next().into_iter().flat_map(char::to_lowercase);
                let name = first.chain(letters).collect::<String>();
                (name, if FREE.contains(&key.as_str()) { value.clone() } else { lower_camel(value) })
            });
            Value::Object(fields.collect())
        }
        other => other.clone(),
    }
}
