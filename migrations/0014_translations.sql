-- A shared answer in another language, as an adult says it with whom it stands shared.
-- Later ones stand before earlier ones; all go when the answer is taken back.
create table translation (
  id text not null primary key,
  answer_id text not null references shared_answer (id),
  words text not null,
  by_whom text not null references person (id),
  at bigint not null
);

create index translation_by_answer on translation (answer_id, at);
