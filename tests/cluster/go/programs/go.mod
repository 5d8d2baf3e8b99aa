module halftone.test/programs

go 1.24
