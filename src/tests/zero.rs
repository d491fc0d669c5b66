//! The letter zero in what somebody sends: PostgreSQL has none, and no file brings it back.

use crate::harness::{Folder, databases};
use crate::influence::Round;
use pep::domain::access::Action;
use pep::domain::people::Role;
use pep::domain::seal;
use pep::domain::sections::SectionId;
use pep::domain::voice::Verdict;
use pep::server::db::shared::Replying;
use pep::server::db::{Db, late, people, plans, shared, translations};
use pep::server::ids;

#[tokio::test]
async fn the_letter_zero_stops_nobody_and_is_kept_nowhere() {
    let folder = Folder::new();
    for url in databases(&folder).await {
        let db = Db::connect(&url).await.unwrap();
        let mut round = Round::begin(&db).await;
        let (ruth, plan) = (round.ruth.clone(), round.plan.clone());
        assert!(people::by_email(&db, "ruth@influence.example").await.unwrap().is_some());
        assert!(people::by_email(&db, "ruth@influence.example\0").await.unwrap().is_none());

        round.share(&db, "Llai o sŵn", &[&ruth]).await;
        let (answer, at) = (round.answer(&db, &ruth).await, round.at());
        let permit = round.permit(&db, &ruth, Action::Reply).await;
        let replying = Replying { verdict: Verdict::Yes, why: "We\0will", due: None };
        assert!(shared::reply(&db, &permit, &plan, &answer, replying, at).await.unwrap());
        let permit = round.permit(&db, &ruth, Action::Translate).await;
        assert!(translations::add(&db, &permit, &plan, &answer, "Less\0noise", at).await.unwrap());
        let heard = shared::with(&db, &plan, &ruth).await.unwrap().remove(0);
        assert_eq!(heard.reply.unwrap().why, "We\u{FFFD}will");
        assert_eq!(heard.translations[0].words, "Less\u{FFFD}noise");

        let permit = round.permit(&db, &ruth, Action::SetMeeting).await;
        assert!(plans::set_meeting(&db, &permit, &plan, None, (at, "Room\0B"), at).await.unwrap());
        let (_, place) = plans::find(&db, &plan).await.unwrap().unwrap().meeting.unwrap();
        assert_eq!(place, "Room\u{FFFD}B");

        // The hash beside a correction is of the words as they are kept.
        let permit = round.permit(&db, &ruth, Action::Correct).await;
        let (role, section) = (Role::DesignatedTeacher, SectionId::Targets);
        late::correct(&db, &permit, role, &plan, section, "It was\0June", at).await.unwrap();
        let kept = late::corrections(&db, &plan).await.unwrap().remove(0);
        assert_eq!(kept.words, "It was\u{FFFD}June");
        let (hash,): (String,) = sqlx::query_as("select hash from addendum where plan_id = $1")
            .bind(plan.to_string())
            .fetch_one(db.reader())
            .await
            .unwrap();
        assert_eq!(hash, ids::hashed(&seal::correction(&plan, section, permit.by(), at, &kept.words)));
    }
}
