# Ports that security groups let in, and the ids under which Terrascan reported each of them. A port is written tcp/22.
package wayleave.lib.ports

import data.wayleave.lib.network

# The ports, out of `names` (by port, such as {"tcp/22": "SSH"}), that are open to the internet.
open_to_world(names) := {{"address": open.rule.address, "message": message, "aliases": object.get(world, port, [])} |
	some open in exposed
	some port in let_in(open.rule, names)
	message := sprintf("%s may connect on port %s (%s)", [concat(" and ", open.cidrs), number_of(port), names[port]])
}

# The ports, out of an object's keys, that a rule lets in.
let_in(rule, names) := {port | port := sprintf("%s/%d", [rule.protocol, rule.from_port]); names[port]} if is_single(rule)

let_in(rule, names) := {port | some port, _ in names; is_open(rule, port)} if not is_single(rule)

# The rule is of one port, as most are.
is_single(rule) if {
	rule.from_port == rule.to_port
	rule.protocol in {"tcp", "udp"}
}

# The rules that are open to the internet, found once for all who ask. What is open on every port is another rule's matter.
exposed := [{"rule": rule, "cidrs": cidrs} |
	some rule in network.ingress
	cidrs := network.world(rule)
	count(cidrs) > 0
	not network.covers_every_port(rule)
]

# The rule lets the port in.
is_open(rule, port) if {
	[protocol, number] := split(port, "/")
	network.covers_of(rule, to_number(number), protocol)
}

number_of(port) := split(port, "/")[1] if {
	startswith(port, "tcp/")
} else := sprintf("%s of UDP", [split(port, "/")[1]]) if {
	startswith(port, "udp/")
}

# Open to 0.0.0.0/0.
world := {
	"tcp/22": ["AC_AWS_0227"],
	"tcp/23": ["AC_AWS_0271"],
	"tcp/25": ["AC_AWS_0272"],
	"tcp/80": ["AC_AWS_0228"],
	"tcp/135": ["AC_AWS_0246"],
	"tcp/137": ["AC_AWS_0254"],
	"tcp/138": ["AC_AWS_0256"],
	"tcp/139": ["AC_AWS_0258"],
	"tcp/443": ["AC_AWS_0229"],
	"tcp/445": ["AC_AWS_0273"],
	"tcp/636": ["AC_AWS_0243"],
	"tcp/1433": ["AC_AWS_0247"],
	"tcp/1434": ["AC_AWS_0244"],
	"tcp/1521": ["AC_AWS_0270"],
	"tcp/2382": ["AC_AWS_0267"],
	"tcp/2383": ["AC_AWS_0268"],
	"tcp/2484": ["AC_AWS_0260"],
	"tcp/3000": ["AC_AWS_0264"],
	"tcp/3020": ["AC_AWS_0237"],
	"tcp/3306": ["AC_AWS_0253"],
	"tcp/3389": ["AC_AWS_0230"],
	"tcp/4505": ["AC_AWS_0233", "AC_AWS_0269"],
	"tcp/4506": ["AC_AWS_0236"],
	"tcp/5432": ["AC_AWS_0262"],
	"tcp/7001": ["AC_AWS_0239"],
	"tcp/8000": ["AC_AWS_0241"],
	"tcp/8080": ["AC_AWS_0242"],
	"tcp/8140": ["AC_AWS_0265"],
	"tcp/9000": ["AC_AWS_0240"],
	"tcp/9200": ["AC_AWS_0234"],
	"tcp/9300": ["AC_AWS_0235"],
	"tcp/11214": ["AC_AWS_0248"],
	"tcp/11215": ["AC_AWS_0249"],
	"tcp/27017": ["AC_AWS_0274"],
	"tcp/27018": ["AC_AWS_0252"],
	"tcp/61621": ["AC_AWS_0238"],
	"udp/137": ["AC_AWS_0255"],
	"udp/138": ["AC_AWS_0257"],
	"udp/139": ["AC_AWS_0259"],
	"udp/161": ["AC_AWS_0266"],
	"udp/1434": ["AC_AWS_0245"],
	"udp/2484": ["AC_AWS_0261"],
	"udp/5432": ["AC_AWS_0263"],
	"udp/11214": ["AC_AWS_0250"],
	"udp/11215": ["AC_AWS_0251"],
}

# Open to public addresses other than 0.0.0.0/0.
public := {
	"tcp/22": ["AC_AWS_0319"],
	"tcp/23": ["AC_AWS_0313"],
	"tcp/25": ["AC_AWS_0314"],
	"tcp/135": ["AC_AWS_0288"],
	"tcp/137": ["AC_AWS_0296"],
	"tcp/138": ["AC_AWS_0298"],
	"tcp/139": ["AC_AWS_0300"],
	"tcp/445": ["AC_AWS_0315"],
	"tcp/636": ["AC_AWS_0285"],
	"tcp/1433": ["AC_AWS_0289"],
	"tcp/1434": ["AC_AWS_0286"],
	"tcp/1521": ["AC_AWS_0312"],
	"tcp/2382": ["AC_AWS_0309"],
	"tcp/2383": ["AC_AWS_0310"],
	"tcp/2484": ["AC_AWS_0302"],
	"tcp/3000": ["AC_AWS_0306"],
	"tcp/3020": ["AC_AWS_0279"],
	"tcp/3306": ["AC_AWS_0295"],
	"tcp/4505": ["AC_AWS_0277", "AC_AWS_0311"],
	"tcp/4506": ["AC_AWS_0278"],
	"tcp/5432": ["AC_AWS_0304"],
	"tcp/7001": ["AC_AWS_0281"],
	"tcp/8000": ["AC_AWS_0283"],
	"tcp/8080": ["AC_AWS_0284"],
	"tcp/8140": ["AC_AWS_0307"],
	"tcp/9000": ["AC_AWS_0282"],
	"tcp/9200": ["AC_AWS_0317"],
	"tcp/9300": ["AC_AWS_0318"],
	"tcp/11214": ["AC_AWS_0290"],
	"tcp/11215": ["AC_AWS_0291"],
	"tcp/27017": ["AC_AWS_0316"],
	"tcp/27018": ["AC_AWS_0294"],
	"tcp/61621": ["AC_AWS_0280"],
	"udp/137": ["AC_AWS_0297"],
	"udp/138": ["AC_AWS_0299"],
	"udp/139": ["AC_AWS_0301"],
	"udp/161": ["AC_AWS_0308"],
	"udp/1434": ["AC_AWS_0287"],
	"udp/2484": ["AC_AWS_0303"],
	"udp/5432": ["AC_AWS_0305"],
	"udp/11214": ["AC_AWS_0292"],
	"udp/11215": ["AC_AWS_0293"],
}

# Open to large private networks.
private := {
	"tcp/22": ["AC_AWS_0320"],
	"tcp/23": ["AC_AWS_0359"],
	"tcp/25": ["AC_AWS_0360"],
	"tcp/80": ["AC_AWS_0321"],
	"tcp/135": ["AC_AWS_0330"],
	"tcp/137": ["AC_AWS_0343"],
	"tcp/138": ["AC_AWS_0345"],
	"tcp/139": ["AC_AWS_0347"],
	"tcp/443": ["AC_AWS_0322"],
	"tcp/445": ["AC_AWS_0361"],
	"tcp/636": ["AC_AWS_0341"],
	"tcp/1433": ["AC_AWS_0331"],
	"tcp/1434": ["AC_AWS_0328"],
	"tcp/1521": ["AC_AWS_0358"],
	"tcp/2382": ["AC_AWS_0356"],
	"tcp/2383": ["AC_AWS_0357"],
	"tcp/2484": ["AC_AWS_0349"],
	"tcp/3000": ["AC_AWS_0353"],
	"tcp/3020": ["AC_AWS_0337"],
	"tcp/3306": ["AC_AWS_0336"],
	"tcp/3389": ["AC_AWS_0323"],
	"tcp/4506": ["AC_AWS_0325"],
	"tcp/5432": ["AC_AWS_0351"],
	"tcp/7001": ["AC_AWS_0338"],
	"tcp/8000": ["AC_AWS_0340"],
	"tcp/8080": ["AC_AWS_0327"],
	"tcp/8140": ["AC_AWS_0354"],
	"tcp/9000": ["AC_AWS_0339"],
	"tcp/9200": ["AC_AWS_0324"],
	"tcp/9300": ["AC_AWS_0363"],
	"tcp/11214": ["AC_AWS_0332"],
	"tcp/11215": ["AC_AWS_0333"],
	"tcp/27017": ["AC_AWS_0362"],
	"tcp/27018": ["AC_AWS_0342"],
	"tcp/61621": ["AC_AWS_0326"],
	"udp/137": ["AC_AWS_0344"],
	"udp/138": ["AC_AWS_0346"],
	"udp/139": ["AC_AWS_0348"],
	"udp/161": ["AC_AWS_0355"],
	"udp/1434": ["AC_AWS_0329"],
	"udp/2484": ["AC_AWS_0350"],
	"udp/5432": ["AC_AWS_0352"],
	"udp/11214": ["AC_AWS_0334"],
	"udp/11215": ["AC_AWS_0335"],
}
