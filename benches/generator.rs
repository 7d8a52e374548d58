//! Makes projects of any size, the same for the same size: a tree of scopes, instruments with articles, and norms
//! and claims that rest on them.

use std::fmt::Write;

/// A small generator of numbers, the same on every machine (xorshift64*, Marsaglia 2003, Vigna 2016).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end.max(1)
    }
}

/// One file with `claims` statements, half of them norms, about 450 bytes each.
pub(crate) fn project(claims: usize) -> String {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let mut text = String::from("namespace bench\n\nsource text \"A text\" { path: \"text.txt\" }\n\n");
    let (scopes, articles, actors) = (claims / 50 + 2, claims / 20 + 2, claims / 100 + 2);
    let purposes = (claims / 20).clamp(2, 500);
    for scope in 0..scopes {
        let within = if scope == 0 {
            String::new()
        } else {
            format!("  within: scope-{}  inferred: within", numbers.below(scope))
        };
        line(&mut text, &format!("scope scope-{scope} \"Region {scope}\" {{ dimension: territorial{within} }}"));
    }
    for actor in 0..actors {
        line(&mut text, &format!("actor actor-{actor} \"State {actor}\" {{ is: state }}"));
    }
    for purpose in 0..purposes {
        line(&mut text, &format!("purpose purpose-{purpose} \"Purpose {purpose}\""));
    }
    instruments(&mut text, &mut numbers, (articles, actors, purposes));
    for claim in 0..claims {
        let article = numbers.below(articles);
        statement(&mut text, &mut numbers, (claim, article, (actors, purposes)));
    }
    text
}

/// Ten articles to an instrument, all actors its parties; every article applies in the widest scope.
fn instruments(text: &mut String, numbers: &mut Numbers, (articles, actors, purposes): (usize, usize, usize)) {
    for instrument in 0..articles.div_ceil(10) {
        let parties: Vec<String> = (0..4).map(|at| format!("actor-{}", (instrument + at) % actors)).collect();
        line(
            text,
            &format!(
                "instrument law-{instrument} \"Law {instrument}\" {{\n  parties: {}",
                distinct(parties).join(", ")
            ),
        );
        for article in (instrument * 10..articles.min(instrument * 10 + 10)).map(|article| article % 10) {
            let listed: Vec<String> = (0..3).map(|_| format!("purpose-{}", numbers.below(purposes))).collect();
            line(text, &format!("  article {article} {{ scope: scope-0  purposes: {} }}", distinct(listed).join(", ")));
        }
        line(text, "}");
    }
}

fn statement(text: &mut String, numbers: &mut Numbers, (claim, article, (actors, _)): (usize, usize, (usize, usize))) {
    let instrument = article / 10;
    let quote = format!("the words of sentence {claim}, which say at some length what is claimed here and of whom");
    let because = if claim == 0 { String::new() } else { format!("  because: claim-{}\n", numbers.below(claim)) };
    if claim.is_multiple_of(2) {
        let bearer = (instrument + numbers.below(4)) % actors;
        let cites = format!(
            "  bearer: actor-{bearer}\n  action: act-{}\n  cites: law-{instrument}/{}\n  scope: scope-0",
            claim % 997,
            article % 10
        );
        line(
            text,
            &format!(
                "obligation claim-{claim} \"Obligation {claim}\" {{\n  asserted-by: text\n{cites}\n{because}  quote: text \"{quote}\"\n}}\n"
            ),
        );
    } else {
        let about = format!("  about: actor-{}, actor-{}", claim % actors, (claim + 1) % actors);
        line(
            text,
            &format!(
                "assessment claim-{claim} \"Assessment {claim}\" {{\n  asserted-by: text\n{about}\n{because}  quote: text \"{quote}\"\n}}\n"
            ),
        );
    }
}

fn distinct(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names.dedup();
    names
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("a text takes everything");
}
