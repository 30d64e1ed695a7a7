# The thirty rules, for regorus and for OPA. A rule that is undefined does not hold; `verdicts` has them all.
package measure

verdicts := [
	m1, m2, m3, m4, m5, m6, m7, m8, m9, m10,
	m11, m12, m13, m14, m15, m16, m17, m18, m19, m20,
	m21, m22, m23, m24, m25, m26, m27, m28, m29, m30,
]

default m1 := false

m1 if input.category in {"payment", "credit", "wealth"}

default m2 := false

m2 if regex.match(`^P-[0-9]{6}$`, input.id)

default m3 := false

m3 if regex.match(`^[a-z0-9.]+@[a-z0-9]+(\.[a-z]+)+$`, input.contact)

default m4 := false

m4 if startswith(input.operator, "Bank of ")

default m5 := false

m5 if startswith(input.summary, "The product ")

default m6 := false

m6 if input.launched_on <= input.as_of

default m7 := false

m7 if {
	year := to_number(substring(input.as_of, 0, 4)) - 1
	concat("", [format_int(year, 10), substring(input.as_of, 4, -1)]) <= input.risk.reviewed_on
	input.risk.reviewed_on <= input.as_of
}

default m8 := false

m8 if input.risk.level <= 4

default m9 := false

m9 if input.risk.score < 75.5

default m10 := false

m10 if input.risk.max_loss <= 20

default m11 := false

m11 if input.users <= 5000000

m11 if input.insured

default m12 := false

m12 if to_number(input.daily_limit) <= 50000

default m13 := false

m13 if every f in input.fees { f.disclosed }

default m14 := false

m14 if every f in input.fees { f.rate <= 15 }

default m15 := false

m15 if every f in input.fees { to_number(f.cap) <= 1000 }

bare(i) if {
	i.class == "C3"
	not i.encrypted
}

default m16 := false

m16 if every i in input.items { not bare(i) }

open(i) if {
	i.class != "C1"
	i.sharing == "raw"
}

default m17 := false

m17 if every i in input.items { not open(i) }

default m18 := false

m18 if every i in input.items { i.retention <= 1825 }

default m19 := false

m19 if every p in input.partners { p.licensed }

default m20 := false

m20 if every p in input.partners { p.country in {"CN", "HK", "SG"} }

grave(n) if {
	not n.closed
	n.severity >= 3
}

default m21 := false

m21 if every n in input.incidents { not grave(n) }

default m22 := false

m22 if every c in input.controls { c.effective }

default m23 := false

m23 if every c in input.controls { startswith(c.code, "CTL-") }

default m24 := false

m24 if {
	some c in input.channels
	c in {"app", "web"}
}

default m25 := false

m25 if {
	some c in input.controls
	c.kind == "preventive"
}

default m26 := false

m26 if {
	some c in input.controls
	c.kind == "detective"
	c.coverage >= 50
}

default m27 := false

m27 if {
	some p in input.partners
	p.country == "CN"
}

default m28 := false

m28 if {
	some f in input.fees
	f.rate == 0
}

default m29 := false

m29 if count([c | some c in input.controls; c.tested_on >= "2024-01-01"]) >= 2

default m30 := false

m30 if sum([p.share | some p in input.partners]) <= 100
