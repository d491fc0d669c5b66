-- Drawings, recordings and photos. Their bytes never change; `held` of them are here,
-- from the first one on, and all of them from `complete_at` on. They were then what
-- their hash says, and `content_type` says what they are.
create table media (
  id text not null primary key,
  plan_id text not null references plan (id),
  section text not null,
  kind text not null,
  by_whom text not null,
  length bigint not null,
  hash text not null,
  held bigint not null,
  begun_at bigint not null,
  complete_at bigint,
  content_type text
);

create index media_by_plan on media (plan_id);

create table media_piece (
  media_id text not null references media (id),
  at bigint not null,
  bytes bytea not null,
  primary key (media_id, at)
);

-- What goes with the words of a shared answer. Its bytes may come later than it does.
alter table shared_answer add column drawing text;
alter table shared_answer add column recording text;
alter table shared_answer add column picture_words text;

create index shared_answer_by_drawing on shared_answer (drawing);
create index shared_answer_by_recording on shared_answer (recording);
