//! Drawings, recordings and photos: how they arrive, on each database, and who is given
//! them, through the server.

use crate::browser::{Answer, Browser};
use crate::harness::{Folder, Server, document, new_child};
use crate::portable::{JO, RUTH};
use pep::domain::access::{Action, Actor, Permit, YOUNG_PERSON, decide};
use pep::domain::calendar::Moment;
use pep::domain::media::{Arrived, Claim, MOST_PHOTOS, MediaKind, NotTaken, PIECE};
use pep::domain::people::{ChildId, MediaId, PersonId, PlanId, Relationship, Role};
use pep::domain::plan::{DocumentName, State, Term};
use pep::domain::sections::SectionId;
use pep::domain::values::{Changed, Entry, Values};
use pep::domain::voice::{Made, Wish, drawing_of};
use pep::domain::workflow::Step;
use pep::server::db::agreeing::{self, Moved, Taken};
use pep::server::db::documents::{self, Accepted, Commit};
use pep::server::db::media::{self, Coming};
use pep::server::db::plans::NewPlan;
use pep::server::db::{Db, heard, people, plans, shared};
use pep::server::ids;

const NOW: Moment = Moment(1_795_000_000_000);

/// A child with a plan, and a teacher.
struct Sam {
    ruth: PersonId,
    child: ChildId,
    plan: PlanId,
}

fn id() -> MediaId {
    MediaId::new(ids::fresh())
}

fn claim(kind: MediaKind, bytes: &[u8]) -> Claim {
    Claim { kind, length: bytes.len(), hash: ids::hash(bytes) }
}

/// A recording that takes three pieces.
fn recording() -> Vec<u8> {
    let mut bytes = vec![0x1a, 0x45, 0xdf, 0xa3];
    bytes.extend((0..2 * PIECE + 100).map(|at| (at % 251) as u8));
    bytes
}

/// The smallest photo, of one pixel; `beside` stands where a camera writes.
fn photo(beside: &[u8]) -> Vec<u8> {
    let segment = |marker: u8, body: &[u8]| {
        [&[0xff, marker][..], &u16::try_from(body.len() + 2).unwrap().to_be_bytes(), body].concat()
    };
    let beside = if beside.is_empty() { Vec::new() } else { segment(0xe1, beside) };
    let size = segment(0xc0, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]);
    [vec![0xff, 0xd8], beside, size, segment(0xda, &[1, 1, 0, 0, 63, 0]), vec![1, 2, 0xff, 0xd9]].concat()
}

impl Sam {
    async fn arrive(db: &Db) -> Self {
        let email = format!("ruth-{}@media.example", ids::fresh());
        let ruth = people::add(db, "Ruth Osei", &email, "hash", NOW).await.unwrap();
        let child = people::add_child(db, &new_child("Sam")).await.unwrap();
        let since = NOW.day().plus(-30);
        for role in [Role::DesignatedTeacher, Role::Carer] {
            let relationship = Relationship { child: child.clone(), role, since, until: None };
            people::join(db, &ruth, &relationship).await.unwrap();
        }
        let plan = NewPlan {
            child: child.clone(),
            year: 2026,
            term: Term::Autumn,
            number: None,
            state: State::Drafting,
            meeting: None,
        };
        let plan = plans::begin(db, &plan, NOW).await.unwrap();
        Self { ruth, child, plan }
    }

    fn name(&self, section: SectionId) -> DocumentName {
        DocumentName { plan: self.plan.clone(), section }
    }

    fn sits(&self, action: Action) -> Permit {
        let sitting = Actor::Sitting { child: self.child.clone(), plan: self.plan.clone(), open: true };
        decide(&sitting, action, &self.child, &self.plan, NOW.day()).unwrap()
    }

    async fn permit(&self, db: &Db, action: Action) -> Permit {
        let relationships = people::relationships(db, &self.ruth).await.unwrap();
        let actor = Actor::Adult { person: self.ruth.clone(), relationships };
        decide(&actor, action, &self.child, &self.plan, NOW.day()).unwrap()
    }

    /// Brings one piece of what they say or draw.
    async fn bring(
        &self,
        db: &Db,
        id: &MediaId,
        claim: &Claim,
        offset: usize,
        piece: &[u8],
    ) -> Result<Arrived, NotTaken> {
        let (name, permit) = (self.name(SectionId::MyVoice), self.sits(Action::Write(SectionId::MyVoice)));
        let coming = Coming { name: &name, id, claim, offset, bytes: piece };
        media::take(db, &permit, coming, NOW).await.unwrap()
    }

    async fn bring_photo(&self, db: &Db, bytes: &[u8]) -> Result<Arrived, NotTaken> {
        let name = self.name(SectionId::CarersView);
        let permit = self.permit(db, Action::Write(SectionId::CarersView)).await;
        let coming = Coming { name: &name, id: &id(), claim: &claim(MediaKind::Photo, bytes), offset: 0, bytes };
        media::take(db, &permit, coming, NOW).await.unwrap()
    }

    /// Draws this for a question, and shares it.
    async fn draw(&self, db: &Db, seq: i64, (was, now): (Option<&MediaId>, Option<&MediaId>), with: Vec<PersonId>) {
        let path = drawing_of("school");
        let text = |id: Option<&MediaId>| id.map(ToString::to_string).unwrap_or_default();
        let fact =
            now.map(|id| (path.clone(), vec![Entry { by: YOUNG_PERSON.into(), at: NOW, value: id.to_string() }]));
        let values = Values { facts: fact.into_iter().collect(), ..Values::default() };
        let wish = Wish {
            with,
            made: Made { drawing: now.cloned(), recording: None, picture_words: "My dog".into() },
            ..Wish::default()
        };
        let update = Accepted {
            seq,
            by: YOUNG_PERSON.into(),
            at: Moment(NOW.0 + seq),
            bytes: vec![0, 0],
            new_clients: Vec::new(),
            changed: vec![Changed { path, was: text(was), became: text(now) }],
            wishes: vec![("school".into(), wish)],
            told: Vec::new(),
        };
        let name = self.name(SectionId::MyVoice);
        let commit = Commit::of(name, update, values);
        documents::commit(db, &[commit]).await.unwrap();
    }
}

/// On whichever database.
pub async fn what_is_drawn_and_said(db: &Db) {
    let sam = Sam::arrive(db).await;
    pieces_come_in_any_way(db, &sam).await;
    what_is_wrong_is_not_kept(db, &sam).await;
    what_is_taken_back_is_closed_at_once(db, &sam).await;
    what_is_asked_back_goes_when_nobody_has_it_any_more(db, &sam).await;
    photos_have_room_and_an_end(db, &sam).await;
}

async fn pieces_come_in_any_way(db: &Db, sam: &Sam) {
    let (id, bytes) = (id(), recording());
    let claim = claim(MediaKind::Recording, &bytes);
    let pieces: Vec<_> = bytes.chunks(PIECE).collect();
    let at = |held: usize| Ok(Arrived { held, whole: false });
    assert_eq!(sam.bring(db, &id, &claim, 2 * PIECE, pieces[2]).await, at(0), "before its turn");
    assert_eq!(sam.bring(db, &id, &claim, 0, pieces[0]).await, at(PIECE));
    assert_eq!(sam.bring(db, &id, &claim, 0, pieces[0]).await, at(PIECE), "twice");
    // The connection dropped half way through a piece: what came goes on from there.
    assert_eq!(sam.bring(db, &id, &claim, PIECE, &pieces[1][..100]).await, at(PIECE + 100));
    let rest = &bytes[PIECE + 100..2 * PIECE + 100];
    assert_eq!(sam.bring(db, &id, &claim, PIECE + 100, rest).await, at(2 * PIECE + 100));
    assert!(media::find(db, &id).await.unwrap().unwrap().content_type.is_none(), "nobody is given a part");
    let last = &bytes[2 * PIECE + 100..];
    let whole = Ok(Arrived { held: bytes.len(), whole: true });
    assert_eq!(sam.bring(db, &id, &claim, 2 * PIECE + 100, last).await, whole);
    assert_eq!(sam.bring(db, &id, &claim, 0, pieces[0]).await, whole, "all of it, again");
    assert_eq!(media::bytes(db, &id).await.unwrap(), bytes);
    let known = media::find(db, &id).await.unwrap().unwrap();
    assert_eq!((known.content_type.as_deref(), known.by.as_str()), (Some("audio/webm"), YOUNG_PERSON));
    let other = super::media::claim(MediaKind::Recording, b"\x1a\x45\xdf\xa3");
    assert_eq!(sam.bring(db, &id, &other, 0, b"\x1a\x45\xdf\xa3").await, Err(NotTaken::Another), "it never changes");
}

async fn what_is_wrong_is_not_kept(db: &Db, sam: &Sam) {
    let (id, bytes) = (id(), recording());
    let short = &bytes[..100];
    let wrong = Claim { hash: ids::hash(b"other bytes"), ..claim(MediaKind::Recording, short) };
    assert_eq!(sam.bring(db, &id, &wrong, 0, short).await, Err(NotTaken::NotThat), "another hash");
    assert!(media::find(db, &id).await.unwrap().is_none(), "nothing of it stays");
    let page = b"<script>alert(1)</script>";
    assert_eq!(sam.bring(db, &id, &claim(MediaKind::Drawing, page), 0, page).await, Err(NotTaken::NotThat));
    let large = Claim { length: MediaKind::Recording.most() + 1, ..claim(MediaKind::Recording, short) };
    assert_eq!(sam.bring(db, &id, &large, 0, short).await, Err(NotTaken::TooLarge));
    let photo = photo(&[]);
    assert_eq!(sam.bring(db, &id, &claim(MediaKind::Photo, &photo), 0, &photo).await, Err(NotTaken::NotYours));
    // A device that was killed may have said something else of what it had begun.
    let begun = claim(MediaKind::Recording, &bytes);
    assert_eq!(sam.bring(db, &id, &begun, 0, &bytes[..PIECE]).await, Ok(Arrived { held: PIECE, whole: false }));
    let all = claim(MediaKind::Recording, short);
    assert_eq!(sam.bring(db, &id, &all, 0, short).await, Ok(Arrived { held: 100, whole: true }));
    // A permit to do something else opens nothing.
    let (name, permit) = (sam.name(SectionId::MyVoice), sam.sits(Action::Read(SectionId::MyVoice)));
    let coming = Coming { name: &name, id: &id, claim: &all, offset: 0, bytes: short };
    assert_eq!(media::take(db, &permit, coming, NOW).await.unwrap(), Err(NotTaken::NotYours));
}

async fn what_is_taken_back_is_closed_at_once(db: &Db, sam: &Sam) {
    let drawings = [b"01 10 10 5 5".as_slice(), b"01 10 10 5 5\n12 3 4"];
    let [first, second] = [id(), id()];
    for (id, bytes) in [(&first, drawings[0]), (&second, drawings[1])] {
        assert!(sam.bring(db, id, &claim(MediaKind::Drawing, bytes), 0, bytes).await.unwrap().whole);
    }
    let seen = |id: MediaId| async move { media::is_shared_with(db, &id, &sam.ruth).await.unwrap() };
    assert!(!seen(first.clone()).await, "nothing is shared by being there");
    sam.draw(db, 1, (None, Some(&first)), vec![sam.ruth.clone()]).await;
    assert!(seen(first.clone()).await && !seen(second.clone()).await);
    let answers = shared::with(db, &sam.plan, &sam.ruth).await.unwrap();
    assert_eq!((answers[0].made.drawing.as_ref(), answers[0].made.picture_words.as_str()), (Some(&first), "My dog"));
    let own = heard::shared(db, &sam.sits(Action::Read(SectionId::MyVoice)), &sam.plan).await.unwrap();
    assert_eq!(own[0].0.made, answers[0].made, "they hear of it what others were shown");
    // Drawn anew and shared: the old one is nobody's any more.
    sam.draw(db, 2, (Some(&first), Some(&second)), vec![sam.ruth.clone()]).await;
    assert!(!seen(first.clone()).await && seen(second.clone()).await);
    assert!(media::find(db, &first).await.unwrap().is_none());
    // Taken back: it is closed, and still the young person's own.
    sam.draw(db, 3, (Some(&second), Some(&second)), Vec::new()).await;
    assert!(!seen(second.clone()).await);
    assert!(media::find(db, &second).await.unwrap().is_some());
    sam.draw(db, 4, (Some(&second), None), Vec::new()).await;
    assert!(media::find(db, &second).await.unwrap().is_none(), "taken away");
    // A drawing of another child's plan is shown to nobody by naming it.
    let other = Sam::arrive(db).await;
    let theirs = id();
    assert!(other.bring(db, &theirs, &claim(MediaKind::Drawing, drawings[0]), 0, drawings[0]).await.unwrap().whole);
    sam.draw(db, 5, (None, Some(&theirs)), vec![sam.ruth.clone()]).await;
    assert!(!seen(theirs.clone()).await);
    assert!(shared::with(db, &sam.plan, &sam.ruth).await.unwrap()[0].made.drawing.is_none());
    sam.draw(db, 6, (Some(&theirs), None), Vec::new()).await;
    assert!(media::find(db, &theirs).await.unwrap().is_some(), "and not removed by it either");
}

/// The meeting has begun: what they take away is shared until somebody hides it, or the
/// meeting turns out not to have begun.
async fn what_is_asked_back_goes_when_nobody_has_it_any_more(db: &Db, sam: &Sam) {
    let bytes = b"01 10 10 5 5".as_slice();
    let [hidden, own, early] = [id(), id(), id()];
    for id in [&hidden, &own, &early] {
        assert!(sam.bring(db, id, &claim(MediaKind::Drawing, bytes), 0, bytes).await.unwrap().whole);
    }
    let is_there = async |id: &MediaId| media::find(db, id).await.unwrap().is_some();
    let starts = "update plan set state = 'meeting' where id = $1";
    sqlx::query(starts).bind(sam.plan.to_string()).execute(db.writer()).await.unwrap();
    let permit = sam.permit(db, Action::Reply).await;
    for (seq, drawing, keeps) in [(7, &hidden, None), (9, &own, Some(&own))] {
        sam.draw(db, seq, (None, Some(drawing)), vec![sam.ruth.clone()]).await;
        sam.draw(db, seq + 1, (Some(drawing), keeps), Vec::new()).await;
        assert!(is_there(drawing).await, "it stands shared, and is asked for");
        let answer = shared::with(db, &sam.plan, &sam.ruth).await.unwrap().remove(0).id;
        assert!(shared::hide(db, &permit, &sam.plan, &answer, true, NOW).await.unwrap());
        assert_eq!(is_there(drawing).await, keeps.is_some(), "what they have themselves stays theirs");
    }
    sam.draw(db, 11, (Some(&own), Some(&early)), vec![sam.ruth.clone()]).await;
    sam.draw(db, 12, (Some(&early), None), Vec::new()).await;
    assert!(is_there(&early).await);
    let taken = Taken {
        step: Step::NotYet,
        from: State::Meeting,
        to: State::Drafting,
        role: Role::DesignatedTeacher,
        reason: String::new(),
        sections: Vec::new(),
        at: NOW,
        signs: None,
        next: None,
    };
    let permit = sam.permit(db, Action::Move(Step::NotYet)).await;
    assert_eq!(agreeing::take(db, &permit, &sam.plan, &taken).await.unwrap(), Moved::Done);
    assert!(!is_there(&early).await);
}

async fn photos_have_room_and_an_end(db: &Db, sam: &Sam) {
    let exif = photo(b"Exif\0\0where it was taken");
    assert_eq!(sam.bring_photo(db, &exif).await, Err(NotTaken::NotThat));
    for _ in 0..MOST_PHOTOS {
        assert!(sam.bring_photo(db, &photo(&[])).await.unwrap().whole);
    }
    assert_eq!(sam.bring_photo(db, &photo(&[])).await, Err(NotTaken::PlanIsFull));
}

fn arrived(answer: &Answer) -> Arrived {
    assert!(answer.is_done(), "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_given_to_those_who_read_the_carers_view_and_to_nobody_else() {
    let folder = Folder::with_demo();
    let name = document(&folder.0, JO, "carers-view", "write");
    let server = Server::start(&folder);
    let [jo, ruth, tom, helen, carol, gwen] = [
        JO,
        RUTH,
        "tom.nowak@wrenshire.example",
        "helen.castell@wrenshire.example",
        "carol.prentice@carers.example",
        "gwen.pritchard@thistlelane.example",
    ]
    .map(|email| Browser::sign_in(server.port, email));
    let (id, bytes) = (id(), photo(&[]));
    let place = format!("/v1/media/{name}/{id}");
    let said = format!("?kind=photo&length={}&hash={}", bytes.len(), ids::hash(&bytes));
    let put = |browser: &Browser| browser.put(&format!("{place}/0{said}"), &bytes);
    assert_eq!(arrived(&jo.fetch(&place)), Arrived::default());
    for stranger in [&ruth, &tom, &carol, &gwen] {
        let refused = put(stranger);
        assert!(refused.head.contains(" 422 "), "{}", refused.text());
    }
    let nobody = Browser::nobodys(server.port);
    assert!(put(&nobody).head.contains(" 401 "));
    assert!(!jo.fetch(&format!("/v1/media/{id}")).is_done(), "nothing is given before all of it is there");
    assert!(arrived(&put(&jo)).whole);
    assert!(arrived(&jo.fetch(&place)).whole);

    for reader in [&jo, &ruth, &tom, &helen] {
        let given = reader.fetch(&format!("/v1/media/{id}"));
        assert_eq!(given.body, bytes, "{}", given.head);
        let head = given.head.to_lowercase();
        for line in [
            "content-type: image/jpeg",
            "cache-control: private, no-store",
            "x-content-type-options: nosniff",
            "sandbox",
        ] {
            assert!(head.contains(line), "{line} isn't in {head}");
        }
    }
    let unknown = carol.fetch(&format!("/v1/media/{}", super::media::id()));
    for stranger in [&carol, &gwen] {
        let refused = stranger.fetch(&format!("/v1/media/{id}"));
        assert!(refused.head.contains(" 404 ") && refused.body == unknown.body, "{}", refused.text());
    }
    assert!(nobody.fetch(&format!("/v1/media/{id}")).head.contains(" 401 "));
}
