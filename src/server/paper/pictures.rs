//! The drawings of `public/pictures.svg`, each as a picture of its own.

/// The sheet, as every page has it.
const SHEET: &str = include_str!("../../../public/pictures.svg");

/// A drawing by its name on the sheet, as an SVG that stands alone; nothing where
/// there is none, or where its colour depends on the words beside it.
pub fn drawing(name: &str) -> Option<String> {
    let from = SHEET.find(&format!("<symbol id=\"{name}\""))?;
    let (symbol, _) = SHEET[from..].split_once("</symbol>")?;
    let rest = symbol.strip_prefix("<symbol")?;
    (!rest.contains("currentColor")).then(|| format!("<svg xmlns=\"http://www.w3.org/2000/svg\"{rest}</svg>"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sections::{Kind, SectionId};
    use crate::pages::voice::drawing_of;

    #[test]
    fn every_answer_that_is_drawn_can_be_drawn_on_paper() {
        for field in SectionId::MyVoice.section().fields {
            let Kind::Question(question) = field.kind else { continue };
            for name in question.picks().iter().filter_map(|pick| drawing_of(question, pick.id)) {
                assert!(drawing(&name).is_some_and(|svg| svg.contains("viewBox")), "{name}");
            }
        }
        assert_eq!(drawing("face-"), None);
        assert_eq!(drawing("icon-tick"), None);
    }
}
