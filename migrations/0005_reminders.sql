-- What is said to whom and when. For SQLite and PostgreSQL alike: text, bigint and
-- bytea.

-- A reminder or an invitation to one person. The row is there before the e-mail goes,
-- so that of several servers one sends it. `sent_at` says that it went; a claim that
-- came to nothing is taken up again. `day` is the day on which it was first claimed.
create table reminder_sent (
  person_id text not null references person (id),
  key text not null,
  day text not null,
  claimed_at bigint not null,
  tries bigint not null,
  sent_at bigint,
  primary key (person_id, key)
);

-- Grows each time the meeting is set from the plan's page: calendars take the latest.
alter table plan add column meeting_sequence bigint not null default 0;
alter table plan add column meeting_set_at bigint not null default 0;

-- What an occasion is about: found again, it is the same one. `section` is the one
-- whose readers may know of it.
alter table occasion add column section text not null default 'care-details';
alter table occasion add column fact text not null default '';
alter table occasion add column done_by text;

create unique index occasion_once on occasion (plan_id, kind, fact);

-- What a watched section said when it was last looked at for occasions.
create table occasion_seen (
  plan_id text not null references plan (id),
  section text not null,
  seq bigint not null,
  field_values text not null,
  primary key (plan_id, section)
);
