#!/bin/bash
# Runs once, when Postgres makes its data: the server's role owns its database, and nothing else.
set -euo pipefail
psql --set=ON_ERROR_STOP=1 --set=password="$(cat /run/secrets/database_password)" --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
CREATE ROLE pizzeria LOGIN PASSWORD :'password';
CREATE DATABASE pizzeria OWNER pizzeria ENCODING 'UTF8' TEMPLATE template0;
SQL
