-- The first tables. For SQLite and PostgreSQL alike, so only three column types:
-- text (ids are UUIDs, days are 2026-11-23), bigint (moments are milliseconds
-- since 1970 UTC) and bytea.

create table school (
  id text not null primary key,
  name text not null
);

-- An adult who signs in. The e-mail address is kept in lower case.
create table person (
  id text not null primary key,
  name text not null,
  email text not null unique,
  password_hash text not null,
  made_at bigint not null
);

-- `name` is what the child likes to be called. `code_hash` is their picture code.
create table child (
  id text not null primary key,
  name text not null,
  full_name text not null,
  born text not null,
  school_id text references school (id),
  year_group text not null,
  code_hash text
);

create index child_by_school on child (school_id);

-- What a person is to a child, and when: where every right comes from.
create table relationship (
  id text not null primary key,
  person_id text not null references person (id),
  child_id text not null references child (id),
  role text not null,
  since text not null,
  until text
);

create index relationship_by_person on relationship (person_id);
create index relationship_by_child on relationship (child_id);

create table plan (
  id text not null primary key,
  child_id text not null references child (id),
  year bigint not null,
  term text not null,
  number bigint not null,
  state text not null,
  meeting_at bigint,
  meeting_place text,
  made_at bigint not null,
  unique (child_id, year, term)
);

-- A browser that someone signed in on (person_id), or a tablet that was handed
-- over to a young person (child_id and plan_id). Only hashes are kept: of the
-- cookie, and of the pass that a picture code gave.
create table session (
  token_hash text not null primary key,
  person_id text references person (id),
  child_id text references child (id),
  plan_id text references plan (id),
  pass_hash text,
  tries bigint not null,
  made_at bigint not null,
  seen_at bigint not null,
  ends_at bigint not null
);

create index session_by_end on session (ends_at);
create index session_by_person on session (person_id);

-- What a program other than the browser signs in with.
create table token (
  hash text not null primary key,
  person_id text not null references person (id),
  made_at bigint not null,
  ends_at bigint not null
);

create index token_by_person on token (person_id);

-- Who said that a section is complete. No row, or no moment: not yet.
create table section_state (
  plan_id text not null references plan (id),
  section text not null,
  completed_by text,
  completed_at bigint,
  primary key (plan_id, section)
);

-- One section of one plan, as a document that merges. `field_values` are its
-- plain values as JSON, for pages, lists and exports.
create table document (
  name text not null primary key,
  plan_id text not null references plan (id),
  section text not null,
  seq bigint not null,
  field_values text not null,
  snapshot bytea,
  snapshot_seq bigint not null
);

create index document_by_plan on document (plan_id);

create table document_update (
  document text not null references document (name),
  seq bigint not null,
  by_whom text not null,
  at bigint not null,
  bytes bytea not null,
  primary key (document, seq)
);

-- Which writer each client number of a document belongs to.
create table document_client (
  document text not null references document (name),
  client bigint not null,
  by_whom text not null,
  primary key (document, client)
);

create table history (
  id text not null primary key,
  document text not null references document (name),
  plan_id text not null references plan (id),
  section text not null,
  path text not null,
  by_whom text not null,
  at bigint not null,
  was text not null,
  became text not null
);

create index history_by_plan on history (plan_id, at);
create index history_by_field on history (document, path, at);

-- What a young person shared, as they saw it when they shared it. Rows are only
-- added; taking back sets `withdrawn_at`.
create table shared_answer (
  id text not null primary key,
  plan_id text not null references plan (id),
  question text not null,
  pick text not null,
  words text not null,
  shared_at bigint not null,
  withdrawn_at bigint
);

create index shared_answer_by_plan on shared_answer (plan_id, question);

create table shared_with (
  answer_id text not null references shared_answer (id),
  person_id text not null references person (id),
  primary key (answer_id, person_id)
);

create index shared_with_by_person on shared_with (person_id);

-- When a person last looked at a plan's changes.
create table looked (
  person_id text not null references person (id),
  plan_id text not null references plan (id),
  at bigint not null,
  primary key (person_id, plan_id)
);
