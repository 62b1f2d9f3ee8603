// Package screenstore keeps screens in Postgres: GORM rows to aggregate and back, and the transactions around it.
package screenstore

import (
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/text"
	"pizzeria/internal/screen"
)

type screenRow struct {
	ID            uuid.UUID
	LocationID    uuid.UUID
	Name          string
	NameFolded    string
	StationIDs    postgres.IDs `gorm:"column:station_ids"`
	TextSize      int
	Theme         screen.Theme
	SoundVolume   int
	SoundEvents   postgres.Texts[screen.Sound]
	CodeSHA256    []byte `gorm:"column:code_sha256"`
	CodeExpiresAt *time.Time
	TokenSHA256   []byte `gorm:"column:token_sha256"`
	PairedAt      time.Time
	ClaimedAt     *time.Time
	RevokedAt     *time.Time
	Version       int
}

func (screenRow) TableName() string { return "public.screens" }

type keyRow struct {
	ScreenID uuid.UUID
	Key      string
	Action   screen.Action
}

func (keyRow) TableName() string { return "public.screen_keys" }

func rowOf(s screen.State) screenRow {
	return screenRow{
		ID: s.ID, LocationID: s.LocationID, Name: s.Name, NameFolded: text.FoldName(s.Name), StationIDs: s.StationIDs, TextSize: s.TextSize,
		Theme: s.Theme, SoundVolume: s.Sounds.Volume, SoundEvents: s.Sounds.Events, CodeSHA256: bytesOf(s.Code), CodeExpiresAt: s.CodeExpiresAt,
		TokenSHA256: bytesOf(s.Token), PairedAt: s.PairedAt, ClaimedAt: s.ClaimedAt, RevokedAt: s.RevokedAt, Version: s.Version,
	}
}

func keyRowsOf(s screen.State) []keyRow {
	rows := make([]keyRow, len(s.Keys))
	for i, key := range s.Keys {
		rows[i] = keyRow{ScreenID: s.ID, Key: key.Key, Action: key.Action}
	}
	return rows
}

func (r screenRow) state(keys []keyRow) screen.State {
	s := screen.State{
		ID: r.ID, LocationID: r.LocationID, Name: r.Name,
		Settings: screen.Settings{
			StationIDs: r.StationIDs, TextSize: r.TextSize, Theme: r.Theme, Keys: make([]screen.Key, len(keys)),
			Sounds: screen.Sounds{Volume: r.SoundVolume, Events: r.SoundEvents},
		},
		Code: hashOf(r.CodeSHA256), CodeExpiresAt: r.CodeExpiresAt, Token: hashOf(r.TokenSHA256), PairedAt: r.PairedAt, ClaimedAt: r.ClaimedAt,
		RevokedAt: r.RevokedAt, Version: r.Version,
	}
	for i, key := range keys {
		s.Keys[i] = screen.Key{Key: key.Key, Action: key.Action}
	}
	return s
}

func bytesOf(hash *auth.TokenHash) []byte {
	if hash == nil {
		return nil
	}
	return hash[:]
}

func hashOf(bytes []byte) *auth.TokenHash {
	if bytes == nil {
		return nil
	}
	return new(auth.TokenHash(bytes))
}
