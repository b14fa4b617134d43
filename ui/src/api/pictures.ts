import { API } from './client';

/** Addresses of the pictures the service serves; `small` asks for the thumbnail. */
export const pictures = {
  snapshot: (dataCollectionId: number, imageId = 1, small = false) =>
    `${API}/datacollections/images/${dataCollectionId}?imageId=${imageId}${small ? '&snapshot=true' : ''}`,
  diffraction: (dataCollectionId: number, imageId: number) =>
    `${API}/datacollections/images/diffraction/${dataCollectionId}?imageId=${imageId}`,
  /** Drawn by the service from what the detector wrote. */
  preview: (dataCollectionId: number, imageNumber: number, width = 1000) =>
    `${API}/data/images/preview?dataCollectionId=${dataCollectionId}&imageNumber=${imageNumber}&width=${width}`,
  robot: (robotActionId: number, which: 'before' | 'after') =>
    `${API}/events/images/robot-action/${robotActionId}?which=${which}`,
  energyScan: (energyScanId: number) => `${API}/events/images/energyscan/${energyScanId}`,
  spectrum: (spectrumId: number) => `${API}/events/images/xfe-fluorescence-spectrum/${spectrumId}`,
  attachment: (attachmentId: number) => `${API}/datacollections/attachments/${attachmentId}`,
};
