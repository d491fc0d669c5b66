-- How a plan is signed, looked at, sent back, agreed, and what comes after. For
-- SQLite and PostgreSQL alike: text, bigint and bytea.

-- The authority's own rules, as `pep settings` prints them. One row.
create table authority (
  id text not null primary key,
  content text not null,
  set_at bigint not null
);

-- Every step that moved a plan on, and why. Rows are only added.
create table plan_step (
  id text not null primary key,
  plan_id text not null references plan (id),
  step text not null,
  was text not null,
  became text not null,
  by_whom text not null,
  role text not null,
  at bigint not null,
  reason text not null,
  sections text not null
);

create index plan_step_by_plan on plan_step (plan_id, at);

-- A signature, with the hash of everything it is for. Rows are only added.
create table signature (
  id text not null primary key,
  plan_id text not null references plan (id),
  by_whom text not null,
  role text not null,
  at bigint not null,
  statement text not null,
  hash text not null
);

create index signature_by_plan on signature (plan_id, at);

-- What a signature is for, section by section. A change to a section sets `void_at`.
create table signed_section (
  signature_id text not null references signature (id),
  plan_id text not null references plan (id),
  section text not null,
  hash text not null,
  void_at bigint,
  primary key (signature_id, section)
);

create index signed_section_by_plan on signed_section (plan_id, section);

-- How good the virtual school finds a plan, area by area: what it said last.
create table quality_score (
  plan_id text not null references plan (id),
  area text not null,
  score text not null,
  comment text not null,
  by_whom text not null,
  at bigint not null,
  primary key (plan_id, area)
);

-- What was put right after a plan was agreed, beside it and signed.
create table addendum (
  id text not null primary key,
  plan_id text not null references plan (id),
  section text not null,
  words text not null,
  by_whom text not null,
  role text not null,
  at bigint not null,
  hash text not null
);

create index addendum_by_plan on addendum (plan_id, at);

-- What arrived after a plan was closed: kept beside it, never mixed in. The same words
-- are known by their hash: an index takes no long text.
create table late_edit (
  id text not null primary key,
  plan_id text not null references plan (id),
  section text not null,
  path text not null,
  was text not null,
  became text not null,
  by_whom text not null,
  at bigint not null,
  became_hash text not null,
  unique (plan_id, section, path, by_whom, became_hash)
);

create index late_edit_by_plan on late_edit (plan_id, at);

-- What became of something that a young person asked for. The latest stands.
create table reply (
  id text not null primary key,
  answer_id text not null references shared_answer (id),
  verdict text not null,
  why text not null,
  by_whom text not null,
  at bigint not null
);

create index reply_by_answer on reply (answer_id, at);

-- Why a plan needs looking at before its time: a new school, a move, a suspension.
create table occasion (
  id text not null primary key,
  plan_id text not null references plan (id),
  kind text not null,
  words text not null,
  due text not null,
  by_whom text not null,
  at bigint not null,
  done_at bigint
);

create index occasion_by_plan on occasion (plan_id, at);
