"""Where organisers and a partnership's editors introduce groups to those who can help, and keep the wall."""
