//! A drawing as strokes: what a finger did, on a sheet of 1000 by 750. It is kept as
//! text, a line for each stroke: its colour and its width, a point, and the steps from
//! each point to the next.

/// The sheet.
pub const WIDTH: i32 = 1000;
pub const HEIGHT: i32 = 750;

/// The colours, calm beside each other, each with its name for whoever doesn't see it.
pub const COLOURS: [&str; 8] = ["#22303c", "#2b5fa3", "#2f8f8a", "#4f8a3a", "#d9a21b", "#cc6b2c", "#b0497a", "#7a5a43"];

/// The widths of a line.
pub const WIDTHS: [i32; 3] = [4, 10, 24];

/// More than anybody draws.
const MOST_STROKES: usize = 4_000;

/// One stroke.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stroke {
    pub colour: usize,
    pub width: usize,
    pub points: Vec<(i32, i32)>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Drawing {
    pub strokes: Vec<Stroke>,
}

impl Stroke {
    fn read(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let (colour, width) = match words.next()?.as_bytes() {
            [colour @ b'0'..=b'7', width @ b'0'..=b'2'] => (usize::from(colour - b'0'), usize::from(width - b'0')),
            _ => return None,
        };
        let (mut at, mut points) = ((0_i32, 0_i32), Vec::new());
        while let Some(x) = words.next() {
            let (x, y) = (step(x)?, step(words.next()?)?);
            at = (at.0 + x, at.1 + y);
            if !(0..=WIDTH).contains(&at.0) || !(0..=HEIGHT).contains(&at.1) {
                return None;
            }
            points.push(at);
        }
        (!points.is_empty()).then_some(Self { colour, width, points })
    }

    /// Where it goes, as SVG says it: a point and the steps from there.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for (number, (x, y)) in self.steps().enumerate() {
            path += match number {
                0 => "M",
                1 => "l",
                _ => " ",
            };
            path += &format!("{x} {y}");
        }
        // A dot is a line that goes nowhere.
        if self.points.len() == 1 { path + "l0 0" } else { path }
    }

    pub fn colour(&self) -> &'static str {
        COLOURS.get(self.colour).copied().unwrap_or(COLOURS[0])
    }

    pub fn breadth(&self) -> i32 {
        WIDTHS.get(self.width).copied().unwrap_or(WIDTHS[0])
    }

    fn written(&self) -> String {
        let mut line = format!("{}{}", self.colour, self.width);
        for (x, y) in self.steps() {
            line += &format!(" {x} {y}");
        }
        line
    }

    fn steps(&self) -> impl Iterator<Item = (i32, i32)> {
        let before = std::iter::once((0, 0)).chain(self.points.iter().copied());
        self.points.iter().zip(before).map(|(to, from)| (to.0 - from.0, to.1 - from.1))
    }
}

/// A number as it is written, and in no other spelling.
fn step(word: &str) -> Option<i32> {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let plain = digits == "0" && word == "0"
        || !digits.starts_with('0') && (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| word.parse().ok())?
}

impl Drawing {
    /// Reads a drawing; nothing where a single sign of it isn't as `written` writes it.
    pub fn read(text: &str) -> Option<Self> {
        let strokes: Vec<_> = text.split('\n').map(Stroke::read).collect::<Option<_>>()?;
        (strokes.len() <= MOST_STROKES).then_some(Self { strokes })
    }

    pub fn written(&self) -> String {
        self.strokes.iter().map(Stroke::written).collect::<Vec<_>>().join("\n")
    }

    /// The picture, for those who get it as a picture.
    pub fn svg(&self) -> String {
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" \
             height=\"{HEIGHT}\" fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\">\
             <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>"
        );
        for stroke in &self.strokes {
            let (colour, breadth, path) = (stroke.colour(), stroke.breadth(), stroke.path());
            svg += &format!("<path stroke=\"{colour}\" stroke-width=\"{breadth}\" d=\"{path}\"/>");
        }
        svg + "</svg>"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stroke() -> impl Strategy<Value = Stroke> {
        let point = (0..=WIDTH, 0..=HEIGHT);
        (0..8usize, 0..3usize, prop::collection::vec(point, 1..20)).prop_map(|(colour, width, points)| Stroke {
            colour,
            width,
            points,
        })
    }

    proptest! {
        #[test]
        fn what_is_drawn_is_read_as_it_was(strokes in prop::collection::vec(stroke(), 1..10)) {
            let drawing = Drawing { strokes };
            prop_assert_eq!(Drawing::read(&drawing.written()), Some(drawing));
        }

        #[test]
        fn a_text_is_a_drawing_in_one_spelling_or_none(text in "[0-9 \n-]{0,40}") {
            if let Some(drawing) = Drawing::read(&text) {
                prop_assert_eq!(drawing.written(), text);
            }
        }
    }

    #[test]
    fn nothing_but_strokes_is_a_drawing() {
        for wrong in [
            "",
            "01",
            "01 5",
            "81 1 1",
            "03 1 1",
            "01 1001 1",
            "01 1 751",
            "01 -1 1",
            "01 1 1 -2 0",
            "01 01 1",
            "01 -0 1",
            "01 +1 1",
            "01  1 1",
            "01 1 1\n",
            "01 1 1\r\n01 1 1",
            "01 1 1\"/><script>",
            "01 99999 1",
            "0１ 1 1",
        ] {
            assert_eq!(Drawing::read(wrong), None, "{wrong:?}");
        }
        assert!(Drawing::read(&vec!["01 1 1"; MOST_STROKES + 1].join("\n")).is_none());
    }

    #[test]
    fn a_picture_has_a_path_for_each_stroke_and_a_dot_is_one() {
        let drawing = Drawing::read("02 10 20 5 -5 0 9\n70 1 2").unwrap();
        assert_eq!(drawing.strokes[0].path(), "M10 20l5 -5 0 9");
        assert_eq!(drawing.strokes[1].path(), "M1 2l0 0");
        let svg = drawing.svg();
        assert_eq!(svg.matches("<path").count(), 2);
        assert!(svg.contains("stroke=\"#7a5a43\" stroke-width=\"4\" d=\"M1 2l0 0\""));
    }
}
