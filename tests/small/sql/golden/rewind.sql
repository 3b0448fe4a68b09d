-- The day before: what the station had proposed, and the library had declined, was for ten days.
UPDATE policy_proposals SET loan_days = 10 WHERE branch_code = 'station' AND loan_days = 7;
