//! Dates as texts write them, turned into the one way in which claims do.

/// The months in English.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// How claims write a date that a text writes in another usual way: `25 May 2018`, `May 25, 2018`, `25.05.2018`, `2018/5/25` and
/// `2018-5-25` are `2018-05-25`, and `May 2018` is `2018-05`.
///
/// Returns nothing for what is no date, for one that is written as claims do, and for `05/06/2018`, which is read in two ways.
pub fn usual_date(written: &str) -> Option<String> {
    let parts: Vec<&str> =
        written.split([' ', ',', '.', '/', '-']).filter(|part| !part.is_empty() && *part != "of").collect();
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()));
    let day = |part: &str| {
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| part.strip_suffix(end)).unwrap_or(part);
        number(digits).filter(|day| digits.len() <= 2 && (1..=31).contains(day))
    };
    let month = |part: &str| number(part).filter(|month| part.len() <= 2 && (1..=12).contains(month));
    let year = |part: &str| number(part).filter(|_| part.len() == 4);
    let in_full = |year: u32, month: u32, day: u32| format!("{year:04}-{month:02}-{day:02}");
    let found = match parts.as_slice() {
        [first, second, last] => match (named_month(first), named_month(second)) {
            (Some(month), None) => in_full(year(last)?, month, day(second)?),
            (None, Some(month)) => in_full(year(last)?, month, day(first)?),
            (None, None) if year(first).is_some() => in_full(year(first)?, month(second)?, day(last)?),
            (None, None) => match (day(first)?, day(second)?) {
                (the_day, 1..=12) if the_day > 12 || written.contains('.') => {
                    in_full(year(last)?, month(second)?, the_day)
                }
                (1..=12, the_day) if the_day > 12 => in_full(year(last)?, month(first)?, the_day),
                _ => return None,
            },
            (Some(_), Some(_)) => return None,
        },
        [month, last] => format!("{:04}-{:02}", year(last)?, named_month(month)?),
        _ => return None,
    };
    (found != written).then_some(found)
}

/// The number of a month that is named in English, in full or cut short.
fn named_month(word: &str) -> Option<u32> {
    let word = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(&*word));
    at.map(|at| at as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::usual_date;

    #[test]
    fn a_date_as_texts_write_it_becomes_one_as_claims_do() {
        for written in [
            "25 May 2018",
            "25th May 2018",
            "25th of May, 2018",
            "May 25, 2018",
            "25.05.2018",
            "25.5.2018",
            "2018/05/25",
            "2018.5.25",
            "2018-5-25",
            "25/05/2018",
            "05/25/2018",
            "25-May-2018",
        ] {
            assert_eq!(usual_date(written).as_deref(), Some("2018-05-25"), "{written}");
        }
        assert_eq!(usual_date("Sept. 2018").as_deref(), Some("2018-09"));
    }

    #[test]
    fn what_is_no_date_or_reads_in_two_ways_is_left() {
        for written in
            ["05/06/2018", "2018-05-25", "2018-05", "2018", "25 Mayor 2018", "32.05.2018", "5.1.2", "Article 17"]
        {
            assert_eq!(usual_date(written), None, "{written}");
        }
    }
}
