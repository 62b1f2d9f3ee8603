# syntax=docker/dockerfile:1
# The shop in an image without a shell, a package manager or root: `make image`. Go's dependencies come from .vendor, which
# that target fills, and the web part's from npm by its lock file. The image has no Postgres: pizzeria demo can't run in it.

FROM node:22-bookworm-slim AS web
WORKDIR /src/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY web/ ./
RUN npm run --silent build

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY . .
COPY --from=web /src/web/dist ./web/dist
# .git is in the context, so that pizzeria version tells the revision; without bench, the second module, there is no workspace.
ENV CGO_ENABLED=0 GOWORK=off GOFLAGS=-mod=vendor
RUN mv .vendor vendor && go build -trimpath -ldflags=-s -o /pizzeria ./cmd/pizzeria

FROM gcr.io/distroless/static-debian12:nonroot
LABEL org.opencontainers.image.title="Mario's Pizzeria" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /pizzeria /usr/local/bin/pizzeria
# In a container others than its own programs ask: which of them may is the network's to say.
ENV PIZZERIA_ADDR=:8080 PIZZERIA_ADMIN_ADDR=:8081
USER 65532:65532
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/pizzeria"]
CMD ["serve"]
