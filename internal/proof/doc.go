// Package proof holds no code, only the tests of what must be true under any concurrent actions: the last portion is sold
// once, a repeated intent is done once, money and stock add up, histories have no gaps and views equal their
// definitions, with many clients, several servers, and servers that are killed in the middle.
package proof
