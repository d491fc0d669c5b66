-- What somebody wrote whose part in a plan ended before it was sent. They offer it to the
-- designated teacher; it is kept beside the plan and never merged into it. The same words
-- are known by their hash: an index takes no long text.
create table offered_words (
  id text not null primary key,
  plan_id text not null references plan (id),
  section text not null,
  words text not null,
  by_whom text not null references person (id),
  at bigint not null,
  words_hash text not null,
  let_go_by text references person (id),
  let_go_at bigint,
  unique (plan_id, section, by_whom, words_hash)
);

create index offered_words_by_plan on offered_words (plan_id, at);
