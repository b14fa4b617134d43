/* global SwaggerUIBundle */
SwaggerUIBundle({
  url: document.currentScript.dataset.openapi,
  dom_id: '#docs',
  deepLinking: true,
  // A token is forgotten with the page: scripts can read what a browser stores, and others may use this computer.
  persistAuthorization: false,
  displayRequestDuration: true,
  docExpansion: 'none',
  requestInterceptor: (request) => {
    // A person who is logged in on the page may try routes out here.
    request.headers['X-ISPyB-Page'] = '1';
    return request;
  },
});
