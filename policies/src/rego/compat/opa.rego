package t

import future.keywords

yes(x) { x }
id(x) = y { y := x }
part(x) = y { x > 5; y := x }
there = "there" { input.n == 1 }
gone { input.n == 2 }
chain[x] { x := input.n } { x := input.abc } { x := input.nul - 1 }
chained = 5 { input.n == 2 } { input.n == 1 }
chain_of(x) = "one" { x == 1 } { x == 2 }
