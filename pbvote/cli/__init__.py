"""The commands: the same behind `pbvote …` and `flask --app wsgi …`.

Each is loaded when it is asked for, so that one which needs no database (`tally`) starts without the app.
"""

from importlib import import_module

import click

COMMANDS = {
    "add-organiser": "pbvote.cli.people:add_organiser_command",
    "backup": "pbvote.cli.backups:backup_command",
    "demo": "pbvote.cli.demonstration:demo_command",
    "doctor": "pbvote.cli.doctor:doctor_command",
    "import-election": "pbvote.cli.elections:import_election_command",
    "print-slips": "pbvote.cli.events:print_slips_command",
    "remind": "pbvote.cli.reminding:remind_command",
    "reset-second-step": "pbvote.cli.people:reset_second_step_command",
    "retain": "pbvote.cli.retaining:retain_command",
    "restore": "pbvote.cli.backups:restore_command",
    "restore-key": "pbvote.cli.keys:restore_key_command",
    "seal": "pbvote.cli.sealing:seal_command",
    "send-mail": "pbvote.cli.people:send_mail_command",
    "serve": "pbvote.cli.serve:serve_command",
    "sweep-files": "pbvote.cli.files:sweep_files_command",
    "tally": "pbvote.cli.tally:tally_command",
    "tidy": "pbvote.cli.keeping:tidy_command",
    "verify-ledger": "pbvote.cli.ledgers:verify_ledger_command",
}


def command_called(name: str) -> click.Command:
    """The command with this name."""
    module, _, attribute = COMMANDS[name].partition(":")
    command = getattr(import_module(module), attribute)
    if not isinstance(command, click.Command):
        raise TypeError(f"{COMMANDS[name]} is no command")
    return command
