//! IP networks. See <https://developer.hashicorp.com/terraform/language/functions/cidrsubnet> and its neighbours.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Arguments, Function, MANY, function};
use crate::terraform::eval::EvalError;
use crate::terraform::value::Value;

pub(super) fn find(name: &str) -> Option<Function> {
    match name {
        "cidrcontains" => function(2, 2, contains),
        "cidrhost" => function(2, 2, host),
        "cidrnetmask" => function(1, 1, mask),
        "cidrsubnet" => function(3, 3, subnet),
        "cidrsubnets" => function(1, MANY, subnets),
        _ => None,
    }
}

/// A network: the address with all bits behind the prefix zero.
#[derive(Clone, Copy)]
struct Network {
    address: u128,
    prefix: u32,
    /// Bits of an address: 32 or 128.
    width: u32,
}

impl Network {
    fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/')?;
        let (address, width) = address_of(address)?;
        let is_plain = !prefix.is_empty() && prefix.bytes().all(|byte| byte.is_ascii_digit());
        let prefix = prefix.parse().ok().filter(|prefix| is_plain && *prefix <= width)?;
        let network = Self { address, prefix, width };
        Some(Self { address: address & !network.host_mask(), ..network })
    }

    /// The bits that tell the hosts of the network apart.
    fn host_mask(self) -> u128 {
        match self.width - self.prefix {
            128 => u128::MAX,
            bits => (1_u128 << bits) - 1,
        }
    }

    fn show_address(self, address: u128) -> Option<String> {
        Some(match self.width {
            32 => Ipv4Addr::from(u32::try_from(address).ok()?).to_string(),
            _ => Ipv6Addr::from(address).to_string(),
        })
    }

    fn show(self) -> Option<String> {
        Some(format!("{}/{}", self.show_address(self.address)?, self.prefix))
    }

    /// The network of this number among those with so many more bits of prefix.
    fn part(self, bits: u32, number: u128) -> Result<Self, EvalError> {
        let prefix = self.prefix.saturating_add(bits);
        if prefix > self.width {
            return Err(EvalError::wrong("there are not enough bits left for the prefix"));
        }
        let part = Self { prefix, ..self };
        if bits < 128 && number >> bits != 0 {
            return Err(EvalError::wrong("the number does not fit into so many bits"));
        }
        let shift = self.width - prefix;
        let address = self.address | number.checked_shl(shift).unwrap_or(0);
        Ok(Self { address, ..part })
    }
}

fn address_of(text: &str) -> Option<(u128, u32)> {
    if text.contains(':') {
        return Some((text.parse::<Ipv6Addr>().ok()?.into(), 128));
    }
    // Zeros in front are allowed, and do not make a number octal.
    let plain: Vec<String> = text
        .split('.')
        .map(|part| part.parse::<u8>().ok().map(|part| part.to_string()))
        .collect::<Option<_>>()?;
    match plain.join(".").parse::<IpAddr>().ok()? {
        IpAddr::V4(address) => Some((u32::from(address).into(), 32)),
        IpAddr::V6(_) => None,
    }
}

fn network(arguments: &Arguments<'_>) -> Result<Network, EvalError> {
    let text = arguments.text(0)?;
    Network::parse(&text).ok_or_else(|| EvalError::Wrong(format!("{text:?} is no network")))
}

fn shown(text: Option<String>) -> Result<Value, EvalError> {
    text.map(Value::Text).ok_or_else(|| EvalError::wrong("this is no address"))
}

/// A host by its number, from the end if it is negative.
fn host(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let network = network(arguments)?;
    let number =
        arguments.number(1)?.as_integer().ok_or_else(|| EvalError::wrong("a whole number is needed"))?;
    let hosts = network.host_mask();
    let outside = || EvalError::wrong("the network does not have so many hosts");
    let index = match u128::try_from(number) {
        Ok(number) => Some(number).filter(|number| *number <= hosts),
        Err(_) => hosts.checked_sub(number.unsigned_abs() - 1),
    };
    shown(network.show_address(network.address | index.ok_or_else(outside)?))
}

fn mask(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let network = network(arguments)?;
    if network.width != 32 {
        return Err(EvalError::wrong("only networks of IPv4 have a netmask"));
    }
    shown(network.show_address(u128::from(u32::MAX) & !network.host_mask()))
}

fn bits(arguments: &Arguments<'_>, index: usize) -> Result<u32, EvalError> {
    // Terraform computes with what is negative, and what comes out is of no use.
    u32::try_from(arguments.integer(index)?)
        .map_err(|_| EvalError::Limit("a number of bits is needed".into()))
}

fn subnet(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let number =
        arguments.number(2)?.as_integer().ok_or_else(|| EvalError::wrong("a whole number is needed"))?;
    let number = u128::try_from(number).map_err(|_| EvalError::Limit("the number is negative".into()))?;
    shown(network(arguments)?.part(bits(arguments, 1)?, number)?.show())
}

/// Networks one after another, each at the next place that its size allows.
fn subnets(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let network = network(arguments)?;
    let mut next: Option<u128> = Some(network.address);
    let last = network.address | network.host_mask();
    let mut found = Vec::new();
    for index in 1..arguments.values.len() {
        let bits = bits(arguments, index)?;
        if bits == 0 {
            return Err(EvalError::wrong("at least one more bit is needed"));
        }
        let size = Network { ..network.part(bits, 0)? }.host_mask();
        let start = next.and_then(|next| Some(next.checked_add(size)? & !size));
        let start = start.filter(|start| start.checked_add(size).is_some_and(|end| end <= last));
        let address =
            start.ok_or_else(|| EvalError::wrong("there is not enough room for so many networks"))?;
        found.push(shown(Network { address, prefix: network.prefix + bits, ..network }.show())?);
        next = address.checked_add(size).and_then(|end| end.checked_add(1));
    }
    Ok(Value::List(found))
}

/// Whether an address or network lies in a network.
fn contains(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let outer = network(arguments)?;
    let text = arguments.text(1)?;
    let single = || address_of(&text).map(|(address, width)| Network { address, prefix: width, width });
    let inner = Network::parse(&text).or_else(single);
    let inner = inner.ok_or_else(|| EvalError::Wrong(format!("{text:?} is no address")))?;
    let is_inside = inner.width == outer.width
        && inner.prefix >= outer.prefix
        && inner.address & !outer.host_mask() == outer.address;
    Ok(Value::Bool(is_inside))
}
