//! Makes small projects at random: most references resolve, some lead in circles, some values are broken.

use crate::support::Random;

/// The blocks of a project, one to a line, so that it can be made smaller line by line.
pub fn project(random: &mut Random) -> Vec<String> {
    let (nodes, areas) = (2 + random.below(14), 1 + random.below(7));
    let is_broken = random.chance(4);
    let mut lines = Vec::new();
    for area in 0..areas {
        let mut fields = Vec::new();
        // Most areas make a forest; some have two above them, or lie in a circle.
        if area > 0 && !random.chance(4) {
            fields.push(("within", format!("area-{}", random.below(area))));
        } else if random.chance(3) {
            fields.push(("within", list(random, 2, |random| format!("area-{}", random.below(areas)))));
        }
        maybe((random, 3), &mut fields, "disjoint", |random| format!("area-{}", random.below(areas)));
        maybe((random, 4), &mut fields, "parts", |_| "exclusive".to_owned());
        maybe((random, 2), &mut fields, "sort", |random| random.pick(&["land", "land", "sea"]).to_owned());
        maybe((random, 2), &mut fields, "size", |random| random.below(4).to_string());
        lines.push(block(&format!("area area-{area}"), &fields));
    }
    for node in 0..nodes {
        let is_leaf = random.chance(3);
        let mut fields = node_fields(random, (nodes, areas));
        if is_leaf {
            fields.push(("rank", random.below(4).to_string()));
        }
        if is_broken && random.chance(4) {
            let field = random.pick(&["next", "up", "peer", "area", "size", "day", "mood"]);
            fields.retain(|(name, _)| *name != field);
            fields.push((field, random.pick(&["nowhere", "area-0", "node-0"]).to_owned()));
        }
        let title = if random.chance(3) { format!(" \"Title {}\"", random.below(3)) } else { String::new() };
        lines.push(block(&format!("{} node-{node}{title}", if is_leaf { "leaf" } else { "node" }), &fields));
    }
    lines
}

type Fields = Vec<(&'static str, String)>;

fn node_fields(random: &mut Random, (nodes, areas): (usize, usize)) -> Fields {
    let mut fields = Fields::new();
    let node = |random: &mut Random| format!("node-{}", random.below(nodes));
    maybe((random, 2), &mut fields, "next", |random| list(random, 3, node));
    maybe((random, 2), &mut fields, "up", node);
    maybe((random, 4), &mut fields, "peer", |random| list(random, 2, node));
    maybe((random, 2), &mut fields, "area", |random| list(random, 3, |random| format!("area-{}", random.below(areas))));
    maybe((random, 2), &mut fields, "size", |random| random.pick(&["0", "1", "2", "2.5", "-0", "-1"]).to_owned());
    maybe((random, 2), &mut fields, "counts", |random| list(random, 3, |random| random.below(3).to_string()));
    maybe((random, 2), &mut fields, "day", |random| random.pick(&["1960", "1960-06", "1960-06-23", "1961"]).to_owned());
    let periods = ["1959..1960-07", "1960..", "..1960", "1961..1962"];
    maybe((random, 2), &mut fields, "span", |random| random.pick(&periods).to_owned());
    maybe((random, 2), &mut fields, "label", |random| {
        format!("\"{}\"", random.pick(&["a b", "b", "a A", "c d c", ""]))
    });
    maybe((random, 2), &mut fields, "tags", |random| {
        list(random, 3, |random| random.pick(&["a", "b", "c"]).to_owned())
    });
    maybe((random, 2), &mut fields, "mood", |random| random.pick(&["good", "bad", "odd"]).to_owned());
    maybe((random, 2), &mut fields, "done", |random| random.pick(&["yes", "no"]).to_owned());
    fields
}

/// Adds a field to one block in so many.
fn maybe(
    (random, one_in): (&mut Random, usize),
    fields: &mut Fields,
    name: &'static str,
    value: impl Fn(&mut Random) -> String,
) {
    if random.chance(one_in) {
        fields.push((name, value(random)));
    }
}

fn list(random: &mut Random, most: usize, value: impl Fn(&mut Random) -> String) -> String {
    let count = 1 + random.below(most);
    (0..count).map(|_| value(random)).collect::<Vec<_>>().join(", ")
}

fn block(header: &str, fields: &Fields) -> String {
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    format!("{header} {{ {} }}", fields.join("  "))
}
