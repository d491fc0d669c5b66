//! Days as schools' systems write them.

use crate::domain::calendar::Day;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A day in any of the usual spellings: 2014-05-01, 01/05/2014, 1.5.14, 1 May 2014. The
/// day stands before the month, as in England. A time after it is left out.
pub fn read(cell: &str) -> Option<Day> {
    let mut parts = cell.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    // A time that is joined on, as in 2014-05-01T00:00.
    let third = third.split(['T', 't']).next()?;
    let (year, day) = if first.len() == 4 { (first, third) } else { (third, first) };
    Day::new(read_year(year)?, read_month(second)?, day.parse().ok()?)
}

/// Whoever has a plan was born in this century.
fn read_year(part: &str) -> Option<i32> {
    let year: i32 = part.parse().ok()?;
    match part.len() {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

fn read_month(part: &str) -> Option<u8> {
    if let Ok(number) = part.parse() {
        return Some(number);
    }
    let name = part.to_lowercase();
    let place = MONTHS.iter().position(|month| name.starts_with(month))?;
    u8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_in_the_usual_spellings() {
        let day = "2014-05-01".parse().ok();
        for cell in [
            "2014-05-01",
            "2014-05-01T00:00:00",
            "01/05/2014",
            "1/5/14",
            "1.5.2014",
            "01-May-14",
            "1 May 2014",
            "01/05/2014 00:00",
        ] {
            assert_eq!(read(cell), day, "{cell}");
        }
        for cell in ["", "May 2014", "31/02/2014", "05/13/2014", "1/5/214", "a/b/c", "１/５/２０１４"] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }
}
