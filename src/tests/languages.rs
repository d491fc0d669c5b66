//! A carer's pages in their language, from the first paint.

use crate::browser::{Browser, is_done};
use crate::harness::{Folder, Server, document};
use pep::domain::words::{Language, Word, carer, fill, not_sent, problem};

const JO: &str = "jo.barlow@carers.example";
const BEV: &str = "beverley.okoro@carers.example";
const RUTH: &str = "ruth.osei@hazelbank.example";

/// Welsh, whose letters a page writes as they are.
fn welsh(word: Word) -> &'static str {
    pep::server::words::said(Language::Welsh).learn().say(word)
}

#[test]
fn a_carers_pages_their_titles_and_what_stands_in_for_one_are_in_their_language() {
    let folder = Folder::with_demo();
    let another = document(&folder.0, BEV, "carers-view", "write").plan;
    let server = Server::start(&folder);
    let [jo, ruth] = [JO, RUTH].map(|email| Browser::sign_in(server.port, email));
    assert!(jo.get("/carer").contains("<html lang=\"en-GB\""));
    assert!(is_done(&jo.send_form("speak", "language=cy")));

    let titled = |word: Word| format!("<title>{} - Pep</title>", welsh(word));
    let year = fill(welsh(carer::YEAR), &[("year", "8")]);
    let title = Word::declared("How things are at home");
    let mine = document(&folder.0, JO, "carers-view", "write").plan;
    for (path, shown) in [
        ("/carer".to_string(), [titled(carer::CHILDREN), year]),
        (format!("/plans/{mine}/carers-view"), [titled(title), welsh(carer::QUESTIONS).into()]),
        (format!("/plans/{mine}/agreed"), [titled(carer::AGREED), welsh(carer::CHILDREN).into()]),
        (format!("/plans/{another}/agreed"), [titled(carer::AGREED), welsh(problem::NOTHING_HERE).into()]),
        ("/not-sent".to_string(), [titled(not_sent::TITLE), welsh(not_sent::HEADING).into()]),
    ] {
        let page = jo.get(&path);
        assert!(page.contains("<html lang=\"cy\"") && page.contains("lang=\"cy\" dir=\"ltr\""), "{path}: {page}");
        for words in shown {
            assert!(page.contains(&words), "{path} lacks {words}: {page}");
        }
    }
    let page = ruth.get("/not-sent");
    assert!(page.contains("<html lang=\"en-GB\"") && page.contains(not_sent::HEADING.english()), "{page}");
}
