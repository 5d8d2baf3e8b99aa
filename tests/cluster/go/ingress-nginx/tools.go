//go:build tools

// Package tools pins the controller that the cluster is built from.
package tools

import _ "k8s.io/ingress-nginx/cmd/nginx"
