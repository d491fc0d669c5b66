-- Each commit wrote a page of this index for each of its plans. A plan's lines are found by
-- its documents.
drop index history_by_plan;
