-- A picture code that was forgotten: one adult asks that the child may choose another,
-- a second agrees. Then there is none, and nothing opens before one is chosen. Who let
-- it be chosen stays, for the child to see.
alter table child add column code_asked_by text references person (id);
alter table child add column code_asked_at bigint;
alter table child add column code_reset_by text references person (id);
alter table child add column code_reset_with text references person (id);
alter table child add column code_reset_at bigint;
