"""What people take home: files of the best results in one archive, tables, reports and what a deposition needs."""
