// Command app is what runs in the pods: it answers every request with its version.
// Environment: ANSWER (the text), PORT (80), ERROR_RATE (0…1: this share is answered 500), SHOW_POD=true (sends
// x-pod-name), READY_DELAY_MS (/healthz answers 503 for so long), CRASH_AFTER (ends by itself after so many ms).
package main

import (
	"context"
	"errors"
	"log"
	"math/rand/v2"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"
)

// drain is how long it still answers after it was told to end: the gateway learns of it late.
const drain = 6 * time.Second

func text(name, fallback string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return fallback
}

func milliseconds(name string) time.Duration {
	number, _ := strconv.Atoi(os.Getenv(name))
	return time.Duration(number) * time.Millisecond
}

func answer(w http.ResponseWriter, _ *http.Request) {
	if os.Getenv("SHOW_POD") == "true" {
		name, _ := os.Hostname()
		w.Header().Set("X-Pod-Name", name)
	}
	rate, _ := strconv.ParseFloat(os.Getenv("ERROR_RATE"), 64)
	if rand.Float64() < rate {
		http.Error(w, "this answer is an error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Write([]byte(text("ANSWER", "unknown")))
}

func main() {
	if after := milliseconds("CRASH_AFTER"); after > 0 {
		time.AfterFunc(after, func() { os.Exit(1) })
	}
	readyAt := time.Now().Add(milliseconds("READY_DELAY_MS"))
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		if time.Now().Before(readyAt) {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	mux.HandleFunc("/", answer)

	server := &http.Server{Addr: ":" + text("PORT", "80"), Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	ended := make(chan struct{})
	go func() {
		asked := make(chan os.Signal, 1)
		signal.Notify(asked, syscall.SIGTERM, syscall.SIGINT)
		<-asked
		time.Sleep(drain)
		within, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		server.Shutdown(within)
		close(ended)
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
	<-ended
}
